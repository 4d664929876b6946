package dev.latchkey.human;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.http.PageSources;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a human check is asked for, and which.
 *
 * @param afterFailures within the window, of an address or a name, after which a login is asked
 * @param always what is asked every time
 * @param hosted where a provider's check is used
 */
public record HumanConfig(
        boolean enabled,
        int afterFailures,
        Duration window,
        Set<HumanPurpose> always,
        Work work,
        Optional<Hosted> hosted) {
    /**
     * The built-in proof of work.
     *
     * @param leastBits of all puzzles together: 2 to the power of it is the number of hashes that a solution takes on average
     * @param mostBits however many failures there were
     * @param lifetime of a challenge
     * @param patience after which a challenge may be answered without solving it; zero for never
     */
    public record Work(int leastBits, int mostBits, Duration lifetime, Duration patience) {}

    /**
     * A provider's check.
     *
     * @param secret of the site, for asking the provider
     * @param hostnames that an answer may have been made on
     * @param leastScore in hundredths, where the provider gives one
     */
    public record Hosted(
            HumanKind kind,
            String siteKey,
            String secret,
            Set<String> hostnames,
            URI verifyUrl,
            int leastScore,
            Duration timeout,
            ProviderAway away) {
        @Override
        public String toString() {
            return "Hosted[" + kind + "]";
        }
    }

    static final Setting<Boolean> ENABLED = Setting.flag(
            "human-check.enabled",
            false,
            "Ask for a human check after repeated failed logins: the request is answered 403 CAPTCHA_REQUIRED with a"
                    + " challenge. Off, because clients must know how to answer it.");
    static final Setting<HumanKind> KIND = Setting.choice(
            "human-check.kind",
            HumanKind.PROOF_OF_WORK,
            "The check: proof-of-work is built in and needs nobody else; turnstile, hcaptcha and recaptcha are hosted by"
                    + " others and need site-key and secret.");
    static final Setting<Integer> AFTER_FAILURES = Setting.integer(
            "human-check.after-failures",
            3,
            1,
            1000,
            "Failed logins of an address or of an e-mail, within the window, after which the check is asked for.");
    static final Setting<Duration> WINDOW = Setting.duration(
                    "human-check.window",
                    Duration.ofMinutes(15),
                    "How long failed logins count, from the first of them.")
            .check(Duration::isPositive, "must be longer than zero");
    static final Setting<List<String>> ALWAYS = Setting.list(
                    "human-check.always",
                    List.of(),
                    "What is asked every time, failures or not: login, register, forgot-password, resend-verification.")
            .check(
                    names -> names.stream()
                            .allMatch(name -> HumanPurpose.parse(name).isPresent()),
                    "name login, register, forgot-password or resend-verification");
    static final Setting<Integer> LEAST_WORK = Setting.integer(
            "human-check.least-work",
            20,
            8,
            28,
            "Proof of work: the first challenge takes 2 to the power of this many hashes on average. Each further three"
                    + " failures (human-check.after-failures) double it.");
    static final Setting<Integer> MOST_WORK = Setting.integer(
            "human-check.most-work", 23, 8, 28, "Proof of work: what no challenge exceeds, as a power of 2.");
    static final Setting<Duration> LIFETIME = Setting.duration(
                    "human-check.lifetime",
                    Duration.ofMinutes(5),
                    "Proof of work: how long a challenge may be answered.")
            .check(lifetime -> lifetime.compareTo(Duration.ofSeconds(10)) >= 0, "must be at least 10s");
    static final Setting<Duration> WAIT = Setting.duration(
            "human-check.wait",
            Duration.ofSeconds(30),
            "Proof of work: who cannot compute, such as a browser without JavaScript, may send the challenge back unsolved"
                    + " after this time, one at a time for each address; 0s for never.");
    static final Setting<String> SITE_KEY =
            Setting.text("human-check.site-key", "", "A hosted check's public key of this site.");
    static final Setting<String> SECRET = Setting.secret("human-check.secret", "A hosted check's secret of this site.");
    static final Setting<List<String>> HOSTNAMES = Setting.list(
            "human-check.hostnames",
            List.of(),
            "The host names whose pages show a hosted check; without any, those of server.public-url and"
                    + " server.frontend-url.");
    static final Setting<String> VERIFY_URL = Setting.text(
                    "human-check.verify-url",
                    "",
                    "Where a hosted check's answers are verified; without it the provider's own address.")
            .check(HumanConfig::isSafeUrl, "must be an https URL, or http to a loopback address");
    static final Setting<Integer> LEAST_SCORE = Setting.integer(
            "human-check.least-score",
            50,
            0,
            100,
            "A hosted check that gives a score (reCAPTCHA version 3): the least that passes, in hundredths.");
    static final Setting<Duration> TIMEOUT = Setting.duration(
                    "human-check.timeout",
                    Duration.ofSeconds(3),
                    "How long a hosted check's provider may take before it counts as away.")
            .check(Duration::isPositive, "must be longer than zero");
    static final Setting<ProviderAway> AWAY = Setting.choice(
            "human-check.provider-away",
            ProviderAway.PROOF_OF_WORK,
            "While a hosted check's provider is away: proof-of-work asks for the built-in check instead, refuse answers 503.");

    public HumanConfig {
        always = Set.copyOf(always);
    }

    public static List<Setting<?>> settings() {
        return List.of(
                ENABLED,
                KIND,
                AFTER_FAILURES,
                WINDOW,
                ALWAYS,
                LEAST_WORK,
                MOST_WORK,
                LIFETIME,
                WAIT,
                SITE_KEY,
                SECRET,
                HOSTNAMES,
                VERIFY_URL,
                LEAST_SCORE,
                TIMEOUT,
                AWAY);
    }

    /**
     * @param ownHosts of this server's pages and of its front end
     * @throws SettingsException with everything that does not fit together
     */
    public static HumanConfig from(Settings settings, Set<String> ownHosts) {
        Work work =
                new Work(settings.get(LEAST_WORK), settings.get(MOST_WORK), settings.get(LIFETIME), settings.get(WAIT));
        Set<HumanPurpose> always = EnumSet.noneOf(HumanPurpose.class);
        settings.get(ALWAYS).forEach(name -> always.add(HumanPurpose.parse(name).orElseThrow()));
        HumanConfig config = new HumanConfig(
                settings.get(ENABLED),
                settings.get(AFTER_FAILURES),
                settings.get(WINDOW),
                always,
                work,
                hosted(settings, ownHosts));
        config.requireSense();
        return config;
    }

    private static Optional<Hosted> hosted(Settings settings, Set<String> ownHosts) {
        HumanKind kind = settings.get(KIND);
        return HostedProvider.of(kind).map(provider -> {
            String url = settings.get(VERIFY_URL);
            List<String> hostnames = settings.get(HOSTNAMES);
            return new Hosted(
                    kind,
                    settings.get(SITE_KEY),
                    settings.get(SECRET),
                    hostnames.isEmpty() ? ownHosts : Set.copyOf(hostnames),
                    url.isEmpty() ? provider.verifyUrl() : URI.create(url),
                    settings.get(LEAST_SCORE),
                    settings.get(TIMEOUT),
                    settings.get(AWAY));
        });
    }

    /** What pages load from a hosted check's provider; nothing unless one is in use. */
    public PageSources pageSources() {
        return hosted.filter(provider -> enabled)
                .flatMap(provider -> HostedProvider.of(provider.kind()))
                .map(HostedProvider::pageSources)
                .orElse(PageSources.NONE);
    }

    private void requireSense() {
        List<String> problems = new ArrayList<>();
        if (work.leastBits() > work.mostBits()) {
            problems.add("human-check.least-work is more than human-check.most-work; lower the one or raise the other");
        }
        // Durations multiply by decimal numbers, whose tables take longer to fill than all of this.
        if (work.patience().plus(work.patience()).compareTo(work.lifetime()) > 0) {
            problems.add(
                    "human-check.wait is more than half of human-check.lifetime: who waited would find the challenge"
                            + " expired");
        }
        hosted.filter(provider -> enabled)
                .filter(provider ->
                        provider.siteKey().isEmpty() || provider.secret().isEmpty())
                .ifPresent(provider -> problems.add("human-check.kind="
                        + provider.kind().wireName() + " needs human-check.site-key and human-check.secret"));
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** An operator names this address, no client; it still carries a secret. */
    private static boolean isSafeUrl(String text) {
        try {
            URI url = URI.create(text);
            String host = url.getHost();
            boolean loopback = "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
            return host != null && ("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && loopback));
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }
}
