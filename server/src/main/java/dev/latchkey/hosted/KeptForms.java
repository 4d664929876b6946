package dev.latchkey.hosted;

import dev.latchkey.core.CredentialKind;
import dev.latchkey.core.Problem;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.SealBrokenException;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was typed into a form whose sender had first to prove who they are: kept on the server while they do, then shown in the form
 * once more. The browser carries no more than a random handle, in the address it comes back to; without the handle, the user and
 * the form's own place the entry does not open. A user has room for one, which the next replaces; it is shown once.
 *
 * <p>Each form names the fields it may keep. None is a password or a code.
 */
public final class KeptForms {
    static final String PARAMETER = "kept";

    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final EntryKind KIND = new EntryKind("kept-form", 20_000);
    private static final int MOST_CHARACTERS = 4_000;
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private final ExpiringStore store;
    private final Sealer sealer;
    private final Secrets secrets;

    public KeptForms(ExpiringStore store, Sealer sealer, Secrets secrets) {
        this.store = store;
        this.sealer = sealer;
        this.secrets = secrets;
    }

    /**
     * Keeps these fields of a request, and answers where its form is to be opened again. What is too long to keep is left out
     * whole; so is everything where there is no room.
     *
     * @param place the path of the form that the request came from
     */
    Function<Request, String> keeping(Function<Request, String> place, String... fields) {
        List<String> kept = List.of(fields);
        return request -> {
            String path = place.apply(request);
            Map<String, String> typed = new HashMap<>();
            for (String field : kept) {
                request.form(field).filter(value -> !value.isEmpty()).ifPresent(value -> typed.put(field, value));
            }
            int characters = typed.values().stream().mapToInt(String::length).sum();
            boolean fits = characters > 0 && characters <= MOST_CHARACTERS;
            return fits && request.user().credential() == CredentialKind.COOKIE
                    ? path + "?" + PARAMETER + "=" + keep(request.user().user(), path, typed)
                    : path;
        };
    }

    private String keep(UserId user, String place, Map<String, String> typed) {
        String handle = secrets.token();
        byte[] text = JsonMapper.shared().writeValueAsString(typed).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = sealer.seal(SealPurpose.KEPT_FORM, binding(user, place, handle), text);
        store.put(KIND, user.value(), Base64.getEncoder().encodeToString(sealed), LIFETIME);
        return handle;
    }

    /** What was kept of the form that this request opens; empty for all others, and the second time. */
    Map<String, String> take(Request request, String place) {
        Optional<String> handle = request.query(PARAMETER);
        if (handle.isEmpty()) {
            return Map.of();
        }
        UserId user = request.user().user();
        try {
            Optional<Map<String, String>> opened =
                    store.get(KIND, user.value()).flatMap(kept -> open(user, place, handle.get(), kept));
            // Only whoever opened it may take it away; of those, one gets it, or what has replaced it meanwhile.
            return opened.isEmpty()
                    ? Map.of()
                    : store.take(KIND, user.value())
                            .flatMap(kept -> open(user, place, handle.get(), kept))
                            .orElse(Map.of());
        } catch (Problem away) {
            return Map.of();
        }
    }

    private Optional<Map<String, String>> open(UserId user, String place, String handle, String sealed) {
        try {
            byte[] text = sealer.open(
                    SealPurpose.KEPT_FORM,
                    binding(user, place, handle),
                    Base64.getDecoder().decode(sealed));
            return Optional.of(JsonMapper.shared().readValue(text, FIELDS));
        } catch (SealBrokenException another) {
            return Optional.empty();
        }
    }

    private static String binding(UserId user, String place, String handle) {
        return String.join("|", "kept-form", user.value(), place, handle);
    }
}
