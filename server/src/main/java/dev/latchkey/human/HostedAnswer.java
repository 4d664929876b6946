package dev.latchkey.human;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a provider says of a token. All of them use these names.
 *
 * @param hostname of the page that showed the check
 * @param errors the provider's codes
 */
record HostedAnswer(
        boolean success,
        Optional<String> hostname,
        Optional<String> action,
        OptionalDouble score,
        List<String> errors) {
    private static final double HUNDREDTHS = 100;
    private static final Set<String> LATE =
            Set.of("timeout-or-duplicate", "expired-input-response", "already-seen-response");

    /** @throws IOException where it is not what a provider answers */
    static HostedAnswer parse(String body) throws IOException {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            if (!json.path("success").isBoolean()) {
                throw new IOException("the answer does not say whether it is a success");
            }
            List<String> errors = new ArrayList<>();
            json.path("error-codes").forEach(code -> errors.add(code.asString("")));
            JsonNode score = json.path("score");
            return new HostedAnswer(
                    json.path("success").booleanValue(),
                    text(json, "hostname"),
                    text(json, "action"),
                    score.isNumber() ? OptionalDouble.of(score.doubleValue()) : OptionalDouble.empty(),
                    errors);
        } catch (JacksonException e) {
            throw new IOException("the answer is not JSON", e);
        }
    }

    /** Whether the trouble is this server's keys or the provider's own, and not the client's answer. */
    boolean isUndecided() {
        return !success
                && errors.stream()
                        .anyMatch(code ->
                                code.contains("secret") || code.contains("sitekey") || code.equals("internal-error"));
    }

    /** Why the token does not pass, as a stable code; empty where it does. */
    Optional<String> fault(HumanConfig.Hosted config, HostedProvider provider, HumanPurpose purpose) {
        if (!success) {
            boolean late = errors.stream().anyMatch(LATE::contains);
            return Optional.of(late ? "expired" : "wrong_solution");
        }
        if (hostname.filter(config.hostnames()::contains).isEmpty()) {
            return Optional.of("other_host");
        }
        boolean compared = provider.actionRequired() || action.isPresent();
        if (compared && action.filter(purpose.action()::equals).isEmpty()) {
            return Optional.of("other_purpose");
        }
        boolean unlikely = score.isPresent() && score.getAsDouble() * HUNDREDTHS < config.leastScore();
        return unlikely ? Optional.of("low_score") : Optional.empty();
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() && !value.stringValue().isEmpty() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
