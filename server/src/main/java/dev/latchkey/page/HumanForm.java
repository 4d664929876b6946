package dev.latchkey.page;

import dev.latchkey.core.HumanChallenge;
import java.util.Optional;

/** The part of a form that answers a human check; posts {@code humanCheck}. */
public record HumanForm(HumanChallenge challenge) {
    /** Whether the check is the built-in one, which waiting answers too. */
    public boolean builtIn() {
        return challenge.challenge().isPresent();
    }

    /** The class that a provider's script looks for. */
    public String widget() {
        return switch (challenge.kind()) {
            case "turnstile" -> "cf-turnstile";
            case "hcaptcha" -> "h-captcha";
            default -> "g-recaptcha";
        };
    }

    public static Optional<HumanForm> of(Optional<HumanChallenge> challenge) {
        return challenge.map(HumanForm::new);
    }
}
