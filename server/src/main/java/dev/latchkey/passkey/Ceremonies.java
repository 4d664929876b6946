package dev.latchkey.passkey;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The challenges that wait for an answer. Each is taken once; one that is lost means that the user tries again. */
final class Ceremonies {
    /** How much longer than the browser's own timeout an answer may take on its way. */
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** A page that offers passkeys beside the password field waits as long as it is open; it begins anew before this. */
    private static final Duration AUTOFILL = Duration.ofMinutes(10);
    /** One a user: whoever begins again replaces what they began before. */
    private static final EntryKind REGISTRATION = new EntryKind("passkey.registration", 20_000);
    /** Begun by anyone; the routes limit them by address. */
    private static final EntryKind ANYONE = new EntryKind("passkey.authentication", 50_000);
    /** Begun by every form that is opened, and long alive: where these fill their room the button still works. */
    private static final EntryKind BESIDE_FIELDS = new EntryKind("passkey.autofill", 50_000);
    /** Begun by whoever has proved something already: no stranger takes their room. */
    private static final EntryKind KNOWN_USER = new EntryKind("passkey.known-user", 50_000);

    private static final int CHALLENGE_BYTES = 32;

    private final ExpiringStore store;
    private final Secrets secrets;
    private final Duration timeout;

    Ceremonies(ExpiringStore store, Secrets secrets, Duration timeout) {
        this.store = store;
        this.secrets = secrets;
        this.timeout = timeout;
    }

    /** A ceremony just begun, and what its answer must name. */
    record Begun(String sessionId, String challenge) {
        @Override
        public String toString() {
            return "Begun[redacted]";
        }
    }

    Begun register(PasskeyOwner owner, String binding) {
        Begun begun = begin();
        keep(new Ceremony.Registration(
                sessionHash(begun.sessionId()),
                owner.tenant(),
                owner.user(),
                Base64UrlText.encode(owner.handle()),
                begun.challenge(),
                bindingHash(binding)));
        return begun;
    }

    Begun authenticate(AuthenticationWish wish) {
        Begun begun = begin();
        Ceremony.Authentication ceremony = new Ceremony.Authentication(
                wish.tenant(), wish.user(), wish.use(), begun.challenge(), bindingHash(wish.binding()));
        if (wish.autofill()) {
            store.put(BESIDE_FIELDS, sessionHash(begun.sessionId()), ceremony.stored(), AUTOFILL);
        } else {
            keep(ceremony, begun.sessionId(), timeout.plus(GRACE));
        }
        return begun;
    }

    /** Tests keep one with a published challenge. */
    void keep(Ceremony.Registration ceremony) {
        store.put(REGISTRATION, ceremony.user().value(), ceremony.stored(), timeout.plus(GRACE));
    }

    /** Tests keep one with a published challenge. */
    void keep(Ceremony.Authentication ceremony, String sessionId, Duration lifetime) {
        EntryKind kind = ceremony.user().isPresent() ? KNOWN_USER : ANYONE;
        store.put(kind, sessionHash(sessionId), ceremony.stored(), lifetime);
    }

    /** The user's registration, once; another one that they began since stays. */
    Optional<Ceremony.Registration> takeRegistration(TenantId tenant, UserId user, String sessionId) {
        String hash = sessionHash(sessionId);
        if (store.get(REGISTRATION, user.value()).filter(it -> isOf(it, hash)).isEmpty()) {
            return Optional.empty();
        }
        return store.take(REGISTRATION, user.value())
                .filter(it -> isOf(it, hash))
                .map(Ceremony.Registration::read)
                .filter(ceremony -> ceremony.tenant().equals(tenant));
    }

    Optional<Ceremony.Authentication> takeAuthentication(String sessionId) {
        String hash = sessionHash(sessionId);
        return Stream.of(ANYONE, KNOWN_USER, BESIDE_FIELDS)
                .flatMap(kind -> store.take(kind, hash).stream())
                .findFirst()
                .map(Ceremony.Authentication::read);
    }

    static boolean isBoundTo(Ceremony ceremony, String binding) {
        return ceremony.bindingHash().equals(bindingHash(binding));
    }

    static String sessionHash(String sessionId) {
        return TokenHash.of("passkey.ceremony", sessionId);
    }

    static String bindingHash(String binding) {
        return TokenHash.of("passkey.binding", binding);
    }

    private static boolean isOf(String stored, String sessionHash) {
        return Ceremony.Registration.read(stored).sessionHash().equals(sessionHash);
    }

    private Begun begin() {
        return new Begun(secrets.token(), Base64UrlText.encode(secrets.bytes(CHALLENGE_BYTES)));
    }
}
