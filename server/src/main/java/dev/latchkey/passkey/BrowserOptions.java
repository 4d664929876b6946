package dev.latchkey.passkey;

import java.util.List;

/** The options that browsers are given. */
final class BrowserOptions {
    private static final String PUBLIC_KEY = "public-key";

    private final PasskeyConfig config;

    BrowserOptions(PasskeyConfig config) {
        this.config = config;
    }

    CreationOptions creation(PasskeyOwner owner, List<Passkey> existing, Ceremonies.Begun begun) {
        return new CreationOptions(
                new CreationOptions.RelyingParty(config.rpId(), config.rpName()),
                new CreationOptions.UserEntity(Base64UrlText.encode(owner.handle()), owner.name(), owner.displayName()),
                begun.challenge(),
                config.algorithms().stream()
                        .map(algorithm -> new CreationOptions.CredentialParameters(PUBLIC_KEY, algorithm.cose()))
                        .toList(),
                config.timeout().toMillis(),
                descriptors(existing),
                new CreationOptions.AuthenticatorSelection(
                        config.residentKey().wireName(),
                        config.residentKey() == Preference.REQUIRED,
                        config.userVerification().wireName()),
                config.hints(),
                config.attestation().wireName(),
                new CreationOptions.CreationExtensions(true, begun.sessionId()));
    }

    RequestOptions request(AuthenticationWish wish, List<Passkey> allowed, Ceremonies.Begun begun) {
        Preference verification =
                wish.use() == PasskeyUse.PASSWORDLESS ? Preference.REQUIRED : config.userVerification();
        return new RequestOptions(
                begun.challenge(),
                config.timeout().toMillis(),
                config.rpId(),
                descriptors(allowed),
                verification.wireName(),
                config.hints(),
                new RequestOptions.RequestExtensions(begun.sessionId()));
    }

    /** Those of another domain are unknown to the browser here. */
    private List<CredentialDescriptor> descriptors(List<Passkey> passkeys) {
        return passkeys.stream()
                .filter(passkey -> passkey.rpId().equals(config.rpId()))
                .map(CredentialDescriptor::of)
                .toList();
    }
}
