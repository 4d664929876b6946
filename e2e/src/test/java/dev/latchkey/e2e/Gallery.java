package dev.latchkey.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges the page that is open, and keeps pictures of it: light and dark, on a desktop and on a phone. */
final class Gallery {
    private static final int HEIGHT = 800;
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;

    /** WCAG 1.4.10: nothing needs scrolling to the side at this width. */
    private static final int NARROWEST = 320;

    static final int MOST_BYTES = 50 * 1024;

    /** What the page and all it loads weigh, unpacked. */
    private static final String WEIGHT = """
            () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
              .filter(entry => entry.initiatorType !== "fetch")
              .reduce((sum, entry) => sum + entry.decodedBodySize, 0)""";

    private static final String FITS =
            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth";

    private final Visitor visitor;
    private final Page page;
    private final Path folder;
    private final List<String> violations = new ArrayList<>();

    /** @param visitor whose language the pictures are in */
    Gallery(Visitor visitor) {
        this.visitor = visitor;
        this.page = visitor.page();
        this.folder =
                Installed.target().resolve("screenshots").resolve(visitor.look().language());
        page.onRequest(request -> {
            if (!request.isNavigationRequest() && !origin(request.url()).equals(origin(page.url()))) {
                violations.add(page.url() + ": asked " + request.url());
            }
        });
    }

    /** Where the visitor stands, under a name of its own. Both colours and both sizes are judged, though not each pair. */
    void keep(String name) {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        weigh(name);
        judge(picture(name, DESKTOP, ColorScheme.LIGHT));
        judge(picture(name, PHONE, ColorScheme.DARK));
        if (visitor.look().equals(Look.DESKTOP)) {
            picture(name, DESKTOP, ColorScheme.DARK);
            picture(name, PHONE, ColorScheme.LIGHT);
        }
        page.setViewportSize(NARROWEST, HEIGHT);
        if (!(Boolean) page.evaluate(FITS)) {
            violations.add(name + ": is wider than " + NARROWEST + " pixels");
        }
        page.setViewportSize(visitor.look().width(), visitor.look().height());
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(visitor.look().colours()));
    }

    private void weigh(String name) {
        int bytes = bytes(page);
        if (bytes > MOST_BYTES) {
            violations.add(name + ": weighs " + bytes + " bytes");
        }
    }

    private static String origin(String address) {
        URI uri = URI.create(address);
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    static int bytes(Page page) {
        return ((Number) page.evaluate(WEIGHT)).intValue();
    }

    private void judge(String picture) {
        Axe.violations(page).forEach(violation -> violations.add(picture + ": " + violation));
    }

    private String picture(String name, int width, ColorScheme colours) {
        page.setViewportSize(width, HEIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        String size = width == PHONE ? "phone" : "desktop";
        String light = colours == ColorScheme.DARK ? "dark" : "light";
        String file = name + "-" + size + "-" + light + ".png";
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(folder.resolve(file))
                .setFullPage(true)
                .setAnimations(ScreenshotAnimations.DISABLED));
        return file;
    }

    /** What was wrong on any of the pages, and what their scripts or the content policy complained of. */
    List<String> violations() {
        List<String> all = new ArrayList<>(violations);
        all.addAll(visitor.complaints());
        return all;
    }
}
