package dev.latchkey.human;

import dev.latchkey.http.PageSources;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The providers of hosted checks, and where they differ. All of them answer the same kind of question at one address. */
enum HostedProvider {
    /** Tells the action its widget was shown for. */
    TURNSTILE(
            HumanKind.TURNSTILE,
            "https://challenges.cloudflare.com/turnstile/v0/siteverify",
            "https://challenges.cloudflare.com/turnstile/v0/api.js",
            true),
    /** Knows no actions, and wants to be told the site key. */
    HCAPTCHA(HumanKind.HCAPTCHA, "https://api.hcaptcha.com/siteverify", "https://js.hcaptcha.com/1/api.js", false),
    /** Version 3 tells an action and a score, version 2 neither. */
    RECAPTCHA(
            HumanKind.RECAPTCHA,
            "https://www.google.com/recaptcha/api/siteverify",
            "https://www.google.com/recaptcha/api.js",
            false);

    private final HumanKind kind;
    private final String verifyUrl;
    private final String script;
    private final boolean actionRequired;

    HostedProvider(HumanKind kind, String verifyUrl, String script, boolean actionRequired) {
        this.kind = kind;
        this.verifyUrl = verifyUrl;
        this.script = script;
        this.actionRequired = actionRequired;
    }

    static Optional<HostedProvider> of(HumanKind kind) {
        for (HostedProvider provider : values()) {
            if (provider.kind == kind) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    URI verifyUrl() {
        return URI.create(verifyUrl);
    }

    /** What a page loads. */
    String script() {
        return script;
    }

    /** Whether every answer names its action; where not, it is compared if there is one. */
    boolean actionRequired() {
        return actionRequired;
    }

    boolean wantsSiteKey() {
        return this == HCAPTCHA;
    }

    /** As each provider's documentation lists them. */
    PageSources pageSources() {
        return switch (this) {
            case TURNSTILE -> {
                List<String> cloudflare = List.of("https://challenges.cloudflare.com");
                yield new PageSources(cloudflare, List.of(), cloudflare, List.of());
            }
            case HCAPTCHA -> {
                List<String> hcaptcha = List.of("https://hcaptcha.com", "https://*.hcaptcha.com");
                yield new PageSources(hcaptcha, hcaptcha, hcaptcha, hcaptcha);
            }
            case RECAPTCHA -> {
                String google = "https://www.google.com/recaptcha/";
                yield new PageSources(
                        List.of(google, "https://www.gstatic.com/recaptcha/"),
                        List.of(),
                        List.of(google, "https://recaptcha.google.com/recaptcha/"),
                        List.of(google));
            }
        };
    }
}
