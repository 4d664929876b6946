package dev.latchkey.boot;

import dev.latchkey.audit.CheckpointKeys;
import dev.latchkey.key.KeyService;
import dev.latchkey.key.KeyUse;
import java.util.Optional;

/** The public keys that vouch for the audit trail, from the feature that owns keys. */
record AuditKeys(KeyService keys) implements CheckpointKeys {
    @Override
    public Verdict check(String key, byte[] content, byte[] signature) {
        return keys.verification(KeyUse.AUDIT, key)
                .map(found -> found.verifies(content, signature) ? Verdict.GENUINE : Verdict.FORGED)
                .orElse(Verdict.UNKNOWN_KEY);
    }

    @Override
    public Optional<String> publicJwk(String key) {
        return keys.publicJwk(KeyUse.AUDIT, key);
    }
}
