package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.limit.LimitPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One route: what serves it, who may call it, and what the API description says of it. The same object routes requests and
 * writes OpenAPI, so the two cannot differ. Configured once, at start, by the {@code XRoutes} that mounts it.
 */
public final class Route {
    /**
     * One declared limit and what it counts by.
     *
     * @param perAddress taken before any credential is looked at, and by the address alone
     */
    public record Limit(LimitPolicy policy, boolean perAddress, Function<Request, String> key) {}

    /** A query parameter; always optional, always text. */
    public record Parameter(String name, String description) {}

    private final Method method;
    private final String path;
    private final Access access;
    private final ErrorShape shape;
    private final Handler handler;
    private final Map<Integer, Class<?>> answers = new LinkedHashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Limit> limits = new ArrayList<>();
    private final List<ErrorCode> refusals = new ArrayList<>();
    private String summary = "";
    private Optional<Class<?>> accepts = Optional.empty();
    private boolean unlimited = false;
    private boolean described = true;
    private boolean ownPagesOnly = false;
    private Optional<Function<Request, String>> comingBack = Optional.empty();

    Route(Method method, String path, Access access, ErrorShape shape, Handler handler) {
        this.method = method;
        this.path = path;
        this.access = access;
        this.shape = shape;
        this.handler = handler;
    }

    /** One sentence for the API description: what the call does. */
    public Route summary(String sentence) {
        this.summary = sentence;
        return this;
    }

    /** The record that the JSON body is read into. */
    public Route accepts(Class<?> record) {
        this.accepts = Optional.of(record);
        return this;
    }

    /** The record that {@code data} holds on this status; its array type for a list, {@code Void.class} for none. */
    public Route answers(int status, Class<?> record) {
        this.answers.put(status, record);
        return this;
    }

    /** Refusals of this route's own, for the API description; those that every route of its kind has need not be named. */
    public Route refuses(ErrorCode... codes) {
        this.refusals.addAll(List.of(codes));
        return this;
    }

    /** A query parameter that the handler reads, for the API description. */
    public Route takes(String parameter, String description) {
        this.parameters.add(new Parameter(parameter, description));
        return this;
    }

    /**
     * A limit counted per client address (an IPv6 /64 counts as one, and the /64s of a /48 have more together), before any
     * credential is looked at.
     */
    public Route limitedBy(LimitPolicy policy) {
        this.limits.add(
                new Limit(policy, true, request -> request.context().address().limitKey()));
        return this;
    }

    /**
     * A limit counted by {@code key}, which may read the body; taken in the order of declaration, when access is granted and
     * before the handler runs. An empty key takes nothing: the request does not do what is limited.
     */
    public Route limitedBy(LimitPolicy policy, Function<Request, String> key) {
        this.limits.add(new Limit(policy, false, key));
        return this;
    }

    /** Exempt from limits: probes, key sets, assets and the like. */
    public Route unlimited() {
        this.unlimited = true;
        return this;
    }

    /** Left out of the API description: style sheets, scripts and the like. */
    public Route undescribed() {
        this.described = false;
        return this;
    }

    /**
     * A form that only our own pages may post, whoever is signed in: it begins something new, such as a login, which no session
     * vouches for yet. Another site could otherwise sign its visitor in as somebody else.
     */
    public Route fromOwnPages() {
        this.ownPagesOnly = true;
        return this;
    }

    /**
     * Where a person who must first prove who they are comes back to, other than the bare path: a path on this server. May keep
     * for them what they sent.
     */
    public Route comingBackTo(Function<Request, String> place) {
        this.comingBack = Optional.of(place);
        return this;
    }

    public Method method() {
        return method;
    }

    /** Such as {@code /api/v1/auth/sessions/{id}}. */
    public String path() {
        return path;
    }

    public Access access() {
        return access;
    }

    public ErrorShape shape() {
        return shape;
    }

    public Handler handler() {
        return handler;
    }

    public String summary() {
        return summary;
    }

    public Optional<Class<?>> accepts() {
        return accepts;
    }

    public Map<Integer, Class<?>> answers() {
        return Collections.unmodifiableMap(answers);
    }

    public List<ErrorCode> refusals() {
        return Collections.unmodifiableList(refusals);
    }

    public List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    public List<Limit> limits() {
        return Collections.unmodifiableList(limits);
    }

    public boolean isUnlimited() {
        return unlimited;
    }

    public boolean isFromOwnPages() {
        return ownPagesOnly;
    }

    public Optional<Function<Request, String>> comingBack() {
        return comingBack;
    }

    public boolean isDescribed() {
        return described;
    }
}
