package dev.latchkey.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;

/** The API description, and a page to read and try it: Swagger UI, served from this jar and nowhere else. */
final class DocsRoutes {
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private final Supplier<List<Route>> routes;
    private final Json json;
    private final String policy;

    /** @param routes asked when the description is first read, when every mount is complete */
    DocsRoutes(Supplier<List<Route>> routes, Json json, String policy) {
        this.routes = routes;
        this.json = json;
        this.policy = policy;
    }

    Mount description() {
        Mount mount = new Mount("/api", ErrorShape.NATIVE);
        Asset document = new Asset("application/json", () -> json.write(OpenApi.of(routes.get())));
        mount.get("/openapi.json", Access.anyone(), request -> Reply.asset(document))
                .unlimited()
                .summary("This description.");
        return mount;
    }

    Mount pages() {
        Mount mount = new Mount("/api/docs", ErrorShape.PLAIN);
        Asset page = Asset.ofResource("text/html; charset=utf-8", "/dev/latchkey/http/docs.html");
        add(mount, "", page);
        add(mount, "/docs.js", Asset.ofResource(JAVASCRIPT, "/dev/latchkey/http/docs.js"));
        add(mount, "/swagger-ui.css", fromWebjar("text/css; charset=utf-8", "swagger-ui.css"));
        add(mount, "/swagger-ui-bundle.js", fromWebjar(JAVASCRIPT, "swagger-ui-bundle.js"));
        add(mount, "/favicon-32x32.png", fromWebjar("image/png", "favicon-32x32.png"));
        return mount;
    }

    private void add(Mount mount, String path, Asset asset) {
        mount.get(path, Access.anyone(), request -> Reply.asset(asset).withHeader("Content-Security-Policy", policy))
                .unlimited()
                .undescribed();
    }

    private static Asset fromWebjar(String type, String file) {
        return new Asset(
                type,
                () -> Asset.ofResource(type, "/META-INF/resources/webjars/swagger-ui/" + webjarVersion() + "/" + file)
                        .plain());
    }

    private static String webjarVersion() {
        Properties properties = new Properties();
        try (InputStream in = DocsRoutes.class.getResourceAsStream(WEBJAR)) {
            if (in == null) {
                throw new IllegalStateException("Swagger UI is missing from this build");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }
}
