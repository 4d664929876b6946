package dev.latchkey.page;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Asset;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import java.util.Optional;

/** Serves stylesheets, logos and scripts. */
public final class AssetRoutes {
    private static final String KEEP_FOR_GOOD = "public, max-age=31536000, immutable";

    private static final String LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private AssetRoutes() {}

    /** Adds {@code /assets/{version}/{file}} to a mount at the root. */
    public static void mount(Mount mount, Theme theme) {
        mount.get("/assets/{version}/{file}", Access.anyone(), request -> serve(request, theme))
                .summary("A stylesheet, image or script of the pages")
                .unlimited();
    }

    /** Where the module is that solves the built-in human check. */
    public static String humanCheckScript() {
        return PageAsset.HUMAN_CHECK.address();
    }

    private static Reply serve(Request request, Theme theme) {
        String wanted = request.path("version");
        Optional<ThemeAsset> themed = theme.file(request.path("file"));
        if (themed.isPresent()) {
            // A logo is an operator's file: opened by itself it may run nothing.
            return kept(themed.get().asset(), themed.get().version().equals(wanted))
                    .withHeader("Content-Security-Policy", LOGO_POLICY);
        }
        PageAsset asset = find(request.path("file"));
        return kept(asset.asset(), asset.version().equals(wanted));
    }

    private static Reply kept(Asset asset, boolean current) {
        // During an upgrade a page of one version may ask a node of the other: it gets what there is, but must not keep
        // it.
        return Reply.asset(asset).withHeader("Cache-Control", current ? KEEP_FOR_GOOD : "no-store");
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
