package dev.latchkey.passkey;

import java.util.Optional;

/**
 * What the metadata service of the FIDO alliance says of a model.
 *
 * @param icon a {@code data:image/…} URL
 * @param compromised whether its last status says that its keys or its user verification cannot be trusted
 */
public record AuthenticatorModel(String name, Optional<String> icon, boolean compromised) {}
