/**
 * The words every other package speaks: typed ids, who is asking ({@link dev.latchkey.core.Principal}), under what
 * circumstances ({@link dev.latchkey.core.RequestContext}), and how a use case refuses ({@link dev.latchkey.core.Problem}).
 *
 * <p>Owns no tables and no rules of a feature. Imports nothing of Latchkey.
 */
@NullMarked
package dev.latchkey.core;

import org.jspecify.annotations.NullMarked;
