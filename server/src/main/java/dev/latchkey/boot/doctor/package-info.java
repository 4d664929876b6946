/**
 * The examination that {@code latchkey doctor} makes: one class for each thing that is looked at, and one list of them.
 *
 * <p>Owns: {@link dev.latchkey.boot.doctor.Check}, the list ({@link dev.latchkey.boot.doctor.Checks}) and what they look at
 * ({@link dev.latchkey.boot.doctor.Installation}). Does not own any setting, table or limit: what is right is said by the concern
 * that owns it. Reads only: nothing is migrated, made or started, so it runs beside a live server.
 *
 * <p>Flow: settings and, where it opens, the database → every check → findings, each with what to do about it.
 */
@NullMarked
package dev.latchkey.boot.doctor;

import org.jspecify.annotations.NullMarked;
