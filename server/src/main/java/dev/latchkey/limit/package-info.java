/**
 * Rate limits: one table of named policies, counted in the {@code ExpiringStore}, the same for every path
 * that reaches a use case.
 *
 * <p>Owns: the policies and their counting. Does not own: account lockout (feature {@code lockout}), which is durable, nor which
 * route declares which policy.
 */
@NullMarked
package dev.latchkey.limit;

import org.jspecify.annotations.NullMarked;
