/**
 * Sessions: one signed-in browser or application each, and the browsers a user is known by.
 *
 * <p>Owns the tables {@code session} and {@code known_device}. Does not own refresh tokens (feature {@code grant}), what ends a
 * session's tokens (flow {@code lifecycle}) or who may open one (flow {@code login}).
 *
 * <p>A session's secret is 256 bits and stored hashed (OWASP ASVS 5.0 V7.2.3). A session lives while it is used (sliding) up to
 * an absolute end (V7.3.1, V7.3.2); one made for a cookie is refused in the {@code X-Session-Id} header and the other way round.
 * {@code last_activity} is written behind, at most 5 s late.
 */
@NullMarked
package dev.latchkey.session;

import org.jspecify.annotations.NullMarked;
