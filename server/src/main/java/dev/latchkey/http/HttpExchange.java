package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request on its way through the edge: what was sent, read at most once and only when asked for. */
final class HttpExchange implements Request {
    private static final byte[] NO_BODY = new byte[0];
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ServerRequest sent;
    private final Connection connection;
    private final String requestId;
    private final Reading reading;
    private @Nullable Route route;
    private Map<String, String> parameters = Map.of();
    private Principal principal = Principal.ANONYMOUS;
    private boolean staleCookie = false;
    private final TakenLimits limits = new TakenLimits();
    private byte @Nullable [] bytes;
    private @Nullable InputStream body;
    private boolean ended = false;
    private @Nullable Object parsed;
    private @Nullable Map<String, List<String>> cookies;
    private @Nullable Map<String, List<String>> queryFields;
    private @Nullable Map<String, List<String>> formFields;
    private @Nullable RequestContext context;

    HttpExchange(ServerRequest sent, Connection connection, String requestId, Reading reading) {
        this.sent = sent;
        this.connection = connection;
        this.requestId = requestId;
        this.reading = reading;
    }

    void found(Route found, Map<String, String> values) {
        this.route = found;
        this.parameters = values;
    }

    void authenticated(Principal who) {
        this.principal = who;
        if (who instanceof Principal.SignedIn user && user.locale().isPresent() && route().shape() == ErrorShape.PAGE) {
            // Made before it was known who asks, with another language.
            context = null;
        }
    }

    void sessionCookieIsStale() {
        this.staleCookie = true;
    }

    String requestId() {
        return requestId;
    }

    Connection connection() {
        return connection;
    }

    /** The route that was found; asked only after it was. */
    Route route() {
        return Objects.requireNonNull(route);
    }

    TakenLimits limits() {
        return limits;
    }

    boolean hasStaleSessionCookie() {
        return staleCookie;
    }

    String methodName() {
        return sent.prologue().method().text();
    }

    /** Decoded, with dots resolved: what rules are matched on. */
    String address() {
        return sent.path().path();
    }

    /** What was asked for, as a page can be asked for once more: with its query where nothing was posted. */
    String target() {
        boolean whole = methodName().equals("GET") && !rawQuery().isEmpty();
        return whole ? address() + "?" + rawQuery() : address();
    }

    /** The host and port that the client meant, of Host or :authority. */
    String authority() {
        return sent.authority();
    }

    long announcedLength() {
        return sent.headers().contentLength().orElse(0);
    }

    /** One entry per line that was sent, uncut. */
    List<String> headerLines(HeaderName name) {
        return sent.headers().all(name, List::of);
    }

    List<String> cookieValues(String name) {
        Map<String, List<String>> known = cookies;
        if (known == null) {
            known = CookieHeader.parse(sent.headers().all(HeaderNames.COOKIE, List::of));
            cookies = known;
        }
        return known.getOrDefault(reading.cookieNames().wireName(name), List.of());
    }

    boolean isForm() {
        return contentType().equals(FORM);
    }

    @Override
    public <T> T body(Class<T> type) {
        Object known = parsed;
        if (type.isInstance(known)) {
            return type.cast(known);
        }
        if (!contentType().equals(JSON) && (!contentType().isEmpty() || bytes().length > 0)) {
            throw Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
        T value = reading.json().read(bytes(), type);
        parsed = value;
        return value;
    }

    @Override
    public <T> Optional<T> optionalBody(Class<T> type) {
        return bytes().length == 0 ? Optional.empty() : Optional.of(body(type));
    }

    @Override
    public Optional<String> form(String name) {
        if (!isForm()) {
            return Optional.empty();
        }
        Map<String, List<String>> known = formFields;
        if (known == null) {
            known = FormFields.parse(new String(bytes(), StandardCharsets.UTF_8));
            formFields = known;
        }
        return known.getOrDefault(name, List.of()).stream().findFirst();
    }

    @Override
    public String path(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(route().path() + " has no placeholder " + name);
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        Map<String, List<String>> known = queryFields;
        if (known == null) {
            known = FormFields.parse(rawQuery());
            queryFields = known;
        }
        return single(known.getOrDefault(name, List.of()), "The parameter " + name + " was sent twice. Send it once.");
    }

    @Override
    public Optional<String> header(String name) {
        return header(HeaderNames.create(name));
    }

    /** The same for a name that need not be looked up. */
    Optional<String> header(HeaderName name) {
        List<String> lines = headerLines(name);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(lines.size() == 1 ? lines.getFirst() : String.join(", ", lines));
    }

    @Override
    public Optional<String> cookie(String name) {
        return single(cookieValues(name), "A cookie was sent twice. Clear this site's cookies and try again.");
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public Principal.SignedIn user() {
        if (principal instanceof Principal.SignedIn user) {
            return user;
        }
        throw Problem.of(ErrorCode.MISSING_TOKEN);
    }

    @Override
    public RequestContext context() {
        RequestContext known = context;
        if (known == null) {
            known = reading.context(this);
            context = known;
        }
        return known;
    }

    @Override
    public List<String> languages() {
        return LanguageChoice.of(this);
    }

    /** The cookie that keeps the language this page was asked for in; none where it was not, or there is no such language. */
    Optional<Cookie> languageChosen() {
        return LanguageChoice.kept(this, reading.language());
    }

    /** Still encoded; empty where there is none. */
    String rawQuery() {
        return sent.prologue().query().rawValue();
    }

    /** Whether the connection speaks HTTP/1, where it is said in a header that it ends. */
    boolean isHttp1() {
        return sent.prologue().protocolVersion().startsWith("1");
    }

    /**
     * Reads the body, if there is one. Before anything else is held for the request: who sends slowly waits alone, and over
     * HTTP/2 an answer that overtakes its request's body would be taken for a failure.
     */
    void receive() {
        bytes = sent.content().hasEntity() ? reading.bodies().read(bodyStream(), announcedLength()) : NO_BODY;
    }

    /**
     * Reads off, within bounds, what {@link #receive} did not. Answers whether the request has ended; if not, nothing after it
     * could be told from it.
     */
    boolean discardRest() {
        if (!ended) {
            ended = bytes != null || !sent.content().hasEntity() || canDiscard();
        }
        return ended;
    }

    private boolean canDiscard() {
        // Reading would tell a client that waits to go on, after its answer.
        boolean waits = body == null && sent.headers().contains(HeaderNames.EXPECT);
        return !waits && announcedLength() <= BodyReader.MOST_DISCARDED && BodyReader.discard(bodyStream());
    }

    /** The body is of no more use. */
    void release() {
        byte[] known = bytes;
        if (known != null && known.length > 0) {
            reading.bodies().release(known);
        }
    }

    private InputStream bodyStream() {
        InputStream known = body;
        if (known == null) {
            known = sent.content().inputStream();
            body = known;
        }
        return known;
    }

    private byte[] bytes() {
        return Objects.requireNonNull(bytes);
    }

    private String contentType() {
        String value = sent.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> single(List<String> values, String complaint) {
        if (values.size() > 1) {
            throw Problem.of(ErrorCode.INVALID_REQUEST).message(complaint);
        }
        return values.stream().findFirst();
    }
}
