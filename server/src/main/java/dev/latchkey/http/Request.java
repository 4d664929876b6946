package dev.latchkey.http;

import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;
import java.util.List;
import java.util.Optional;

/** One request as a handler sees it: parsed once, already authenticated and allowed. */
public interface Request {
    /**
     * The JSON body as a record, whose compact constructor validates it.
     *
     * @throws dev.latchkey.core.Problem 400 malformed, 413 too large, 415 not JSON, 422 with field details
     */
    <T> T body(Class<T> type);

    /** The JSON body, or empty where none was sent; what was sent must be right all the same. */
    <T> Optional<T> optionalBody(Class<T> type);

    /** The first value of a posted form field ({@code application/x-www-form-urlencoded}); never read from the query. */
    Optional<String> form(String name);

    /** A placeholder of the route's path. */
    String path(String name);

    /** A query parameter's only value; sent twice it is 400. */
    Optional<String> query(String name);

    /** A header's value; sent more than once, the values joined by commas. */
    Optional<String> header(String name);

    /** A cookie's only value, by its name without prefix; sent twice it is 400. */
    Optional<String> cookie(String name);

    Principal principal();

    /** The signed-in user; on a route whose {@link Access} requires one. */
    Principal.SignedIn user();

    RequestContext context();

    /** The languages the reader takes, best first: asked for by {@code ?lang=}, chosen before, their own, Accept-Language. */
    List<String> languages();
}
