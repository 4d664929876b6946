package dev.latchkey.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How strict the server is. Only a server nobody else can reach is in development. */
public enum Profile {
    DEVELOPMENT,
    PRODUCTION;

    /** Development although others can reach the server. */
    public static final Setting<Boolean> DANGER_DEVELOPMENT = Setting.flag(
            "danger_development",
            false,
            "Runs with the relaxed rules of development (rate limits may be off, mails can be read at /dev/mail) although the"
                    + " public URL or the listen address is not loopback. Anyone who reaches the server can then read every"
                    + " mail it sends.");

    /** Names the dangers an operator knows of. */
    public static final Setting<List<String>> ACCEPTED_DANGERS = Setting.list(
            "accepted-dangers",
            List.of(),
            "The danger_ keys that may be used in production, by name. Without it such a key refuses to start.");

    public static List<Setting<?>> settings() {
        return List.of(DANGER_DEVELOPMENT, ACCEPTED_DANGERS);
    }

    /**
     * @param listenAddress a host name or literal address, as configured
     * @param environment as {@link System#getenv()}; {@code NODE_ENV=production} means production
     */
    public static Profile of(Settings settings, URI publicUrl, String listenAddress, Map<String, String> environment) {
        if (environment.getOrDefault("NODE_ENV", "").equals("production")) {
            return PRODUCTION;
        }
        if (settings.get(DANGER_DEVELOPMENT)) {
            return DEVELOPMENT;
        }
        String publicHost = publicUrl.getHost() == null ? "" : publicUrl.getHost();
        return isLoopback(publicHost) && isLoopback(listenAddress) ? DEVELOPMENT : PRODUCTION;
    }

    /** What production refuses of {@code settings} as such: a danger nobody accepted. Empty in development. */
    public List<String> refusals(Settings settings) {
        if (this == DEVELOPMENT) {
            return List.of();
        }
        List<String> accepted = settings.get(ACCEPTED_DANGERS);
        List<String> refusals = new ArrayList<>();
        for (Settings.Entry<?> entry : settings.all()) {
            String key = entry.setting().key();
            if (entry.setting().isDanger() && !entry.isDefault() && !accepted.contains(key)) {
                refusals.add(key + " (" + entry.source()
                        + ") gives up a protection and is refused in production; remove it, or" + " add it to "
                        + ACCEPTED_DANGERS.key());
            }
        }
        return refusals;
    }

    /** By the text alone: a name that merely resolves to loopback today is not one. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        if (name.equals("::1") || name.equals("[::1]")) {
            return true;
        }
        return isLoopbackIpv4(name);
    }

    private static boolean isLoopbackIpv4(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            int digits = UnitText.digits(part);
            if (digits == 0 || digits > 3 || digits != part.length() || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
