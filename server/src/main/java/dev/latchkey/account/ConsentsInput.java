package dev.latchkey.account;

import dev.latchkey.core.Validation;
import dev.latchkey.user.Consent;
import dev.latchkey.user.ConsentKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The decisions of one request; what is absent stays as it was. */
public record ConsentsInput(
        Optional<ConsentInput> terms,
        Optional<ConsentInput> privacy,
        Optional<ConsentInput> marketing,
        Optional<ConsentInput> dataProcessing) {
    static final ConsentsInput NONE =
            new ConsentsInput(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final int MAX_VERSION = 64;

    public ConsentsInput {
        Validation check = new Validation();
        for (Optional<ConsentInput> input : List.of(terms, privacy, marketing, dataProcessing)) {
            String version = input.flatMap(ConsentInput::version).orElse("1");
            check.text("consents", version, MAX_VERSION);
        }
        check.done();
    }

    /** @param names of those that were given, as requests name them */
    static ConsentsInput granting(Set<String> names) {
        return new ConsentsInput(
                given(names, "terms"),
                given(names, "privacy"),
                given(names, "marketing"),
                given(names, "dataProcessing"));
    }

    /** @param decided the kinds that were decided on, as requests name them */
    public static ConsentsInput deciding(Map<String, Boolean> decided) {
        return new ConsentsInput(
                decision(decided, "terms"),
                decision(decided, "privacy"),
                decision(decided, "marketing"),
                decision(decided, "dataProcessing"));
    }

    private static Optional<ConsentInput> decision(Map<String, Boolean> decided, String name) {
        return decided.containsKey(name)
                ? Optional.of(new ConsentInput(decided.getOrDefault(name, false), Optional.empty()))
                : Optional.empty();
    }

    private static Optional<ConsentInput> given(Set<String> names, String name) {
        return names.contains(name) ? Optional.of(new ConsentInput(true, Optional.empty())) : Optional.empty();
    }

    boolean grants(String wireName) {
        return of(wireName).map(ConsentInput::granted).orElse(false);
    }

    List<Consent> decisions(String defaultVersion, String ip, Instant at) {
        List<Consent> decisions = new ArrayList<>();
        for (ConsentKind kind : ConsentKind.values()) {
            of(kind.wireName())
                    .ifPresent(input -> decisions.add(
                            new Consent(kind, input.granted(), input.version().orElse(defaultVersion), ip, at)));
        }
        return decisions;
    }

    private Optional<ConsentInput> of(String wireName) {
        return switch (wireName) {
            case "terms" -> terms;
            case "privacy" -> privacy;
            case "marketing" -> marketing;
            case "dataProcessing" -> dataProcessing;
            default -> Optional.empty();
        };
    }
}
