package dev.latchkey.page;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;

/** Serves the stylesheet, the logo and the script that solves human checks. */
public final class AssetRoutes {
    private static final String KEEP_FOR_GOOD = "public, max-age=31536000, immutable";

    private AssetRoutes() {}

    /** Adds {@code /assets/{version}/{file}} to a mount at the root. */
    public static void mount(Mount mount) {
        mount.get("/assets/{version}/{file}", Access.anyone(), AssetRoutes::serve)
                .summary("A stylesheet, image or script of the pages")
                .unlimited();
    }

    /** Where the module is that solves the built-in human check. */
    public static String humanCheckScript() {
        return PageAsset.HUMAN_CHECK.address();
    }

    private static Reply serve(Request request) {
        PageAsset asset = find(request.path("file"));
        boolean current = asset.version().equals(request.path("version"));
        // During an upgrade a page of one version may ask a node of the other: it gets what there is, but must not keep
        // it.
        return Reply.asset(asset.asset()).withHeader("Cache-Control", current ? KEEP_FOR_GOOD : "no-store");
    }

    private static PageAsset find(String file) {
        for (PageAsset asset : PageAsset.values()) {
            if (asset.fileName().equals(file)) {
                return asset;
            }
        }
        throw Problem.of(ErrorCode.NOT_FOUND);
    }
}
