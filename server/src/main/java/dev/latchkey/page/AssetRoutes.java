package dev.latchkey.page;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import java.util.Locale;

/** Serves the stylesheet and the logo. */
public final class AssetRoutes {
    private static final String KEEP_FOR_GOOD = "public, max-age=31536000, immutable";

    private AssetRoutes() {}

    /** Adds {@code /assets/{version}/{file}} to a mount at the root. */
    public static void mount(Mount mount) {
        mount.get("/assets/{version}/{file}", Access.anyone(), AssetRoutes::serve)
                .summary("A stylesheet or image of the pages")
                .unlimited();
    }

    private static Reply serve(Request request) {
        Asset asset = find(request.path("file"));
        Asset.Content content = asset.content();
        boolean current = content.version().equals(request.path("version"));
        Reply reply = acceptsGzip(request)
                ? Reply.bytes(asset.contentType(), content.gzip()).withHeader("Content-Encoding", "gzip")
                : Reply.bytes(asset.contentType(), content.plain());
        // During an upgrade a page of one version may ask a node of the other: it gets what there is, but must not keep
        // it.
        return reply.withHeader("Vary", "Accept-Encoding")
                .withHeader("Cache-Control", current ? KEEP_FOR_GOOD : "no-store");
    }

    private static Asset find(String file) {
        for (Asset asset : Asset.values()) {
            if (asset.fileName().equals(file)) {
                return asset;
            }
        }
        throw Problem.of(ErrorCode.NOT_FOUND);
    }

    private static boolean acceptsGzip(Request request) {
        String accepted = request.header("Accept-Encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .replace(" ", "");
        return accepted.contains("gzip") && !accepted.contains("gzip;q=0,") && !accepted.endsWith("gzip;q=0");
    }
}
