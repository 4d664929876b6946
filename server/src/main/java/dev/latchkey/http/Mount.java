package dev.latchkey.http;

import java.util.ArrayList;
import java.util.List;

/** A group of routes under one base path that write their refusals in one shape. Filled once, at start. */
public final class Mount {
    private final String base;
    private final ErrorShape shape;
    private final List<Route> routes = new ArrayList<>();

    public Mount(String base, ErrorShape shape) {
        this.base = base;
        this.shape = shape;
    }

    public Route get(String path, Access access, Handler handler) {
        return add(Method.GET, path, access, handler);
    }

    public Route post(String path, Access access, Handler handler) {
        return add(Method.POST, path, access, handler);
    }

    public Route put(String path, Access access, Handler handler) {
        return add(Method.PUT, path, access, handler);
    }

    public Route patch(String path, Access access, Handler handler) {
        return add(Method.PATCH, path, access, handler);
    }

    public Route delete(String path, Access access, Handler handler) {
        return add(Method.DELETE, path, access, handler);
    }

    public String base() {
        return base;
    }

    public ErrorShape shape() {
        return shape;
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    private Route add(Method method, String path, Access access, Handler handler) {
        Route route = new Route(method, base + path, access, shape, handler);
        routes.add(route);
        return route;
    }
}
