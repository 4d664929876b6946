/**
 * The HTTP edge: everything between a socket and a handler's record.
 *
 * <p>Owns: routing, the filters every request passes (id, client address, limits, credentials, CSRF, access), the error shapes,
 * headers, CORS, JSON and form reading, pages' and assets' delivery, the access log, OpenAPI. Does not own: who a credential
 * belongs to (flow {@code access} implements {@link dev.latchkey.http.Authenticator}) and any route of a feature.
 *
 * <p>Flow: {@code Edge} finds the {@code Route}, runs the filters, calls its {@code Handler}, and writes the {@code Reply};
 * {@code ErrorMapper} writes every refusal in the shape that the route's {@code Mount} declares.
 *
 * <p>RFC 9110 (semantics), RFC 6750 section 2.1 (bearer), Fetch (CORS), RFC 6585 (429).
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
