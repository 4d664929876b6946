package dev.latchkey.session;

import java.util.Locale;

/** A short guess at browser and system from a user agent, for people to recognise their sessions by; no rule depends on it. */
public final class DeviceName {
    private static final String[][] BROWSERS = {
        {"edg/", "Edge"},
        {"opr/", "Opera"},
        {"firefox/", "Firefox"},
        {"chrome/", "Chrome"},
        {"crios/", "Chrome"},
        {"fxios/", "Firefox"},
        {"safari/", "Safari"},
        {"curl/", "curl"},
        {"okhttp", "Android app"},
        {"python", "Python"},
        {"node", "Node.js"},
        {"java", "Java"}
    };
    private static final String[][] SYSTEMS = {
        {"iphone", "iPhone"},
        {"ipad", "iPad"},
        {"android", "Android"},
        {"windows", "Windows"},
        {"mac os", "macOS"},
        {"cros", "ChromeOS"},
        {"linux", "Linux"}
    };

    private DeviceName() {}

    /** Such as {@code Firefox on Windows}; {@code Unknown device} where nothing is recognised. */
    public static String of(String userAgent) {
        String agent = userAgent.toLowerCase(Locale.ROOT);
        String browser = first(BROWSERS, agent);
        String system = first(SYSTEMS, agent);
        if (browser.isEmpty()) {
            return system.isEmpty() ? "Unknown device" : system;
        }
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String first(String[][] marks, String agent) {
        for (String[] mark : marks) {
            if (agent.contains(mark[0])) {
                return mark[1];
            }
        }
        return "";
    }
}
