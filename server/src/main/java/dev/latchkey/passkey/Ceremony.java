package dev.latchkey.passkey;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.util.List;
import java.util.Optional;

/** A ceremony that waits for the browser's answer, as it is kept: one line a field. */
sealed interface Ceremony {
    TenantId tenant();

    /** 32 random bytes, base64url. */
    String challenge();

    /** Of what must be the same when the answer comes. */
    String bindingHash();

    String stored();

    /** @param userHandle base64url */
    record Registration(
            String sessionHash, TenantId tenant, UserId user, String userHandle, String challenge, String bindingHash)
            implements Ceremony {
        @Override
        public String stored() {
            return String.join("\n", sessionHash, tenant.value(), user.value(), userHandle, challenge, bindingHash);
        }

        static Registration read(String stored) {
            List<String> fields = fields(stored);
            return new Registration(
                    fields.get(0),
                    new TenantId(fields.get(1)),
                    new UserId(fields.get(2)),
                    fields.get(3),
                    fields.get(4),
                    fields.get(5));
        }
    }

    /** @param user who it must be, or empty for whoever has the passkey */
    record Authentication(TenantId tenant, Optional<UserId> user, PasskeyUse use, String challenge, String bindingHash)
            implements Ceremony {
        @Override
        public String stored() {
            String named = user.map(UserId::value).orElse("");
            return String.join("\n", tenant.value(), named, use.name(), challenge, bindingHash);
        }

        static Authentication read(String stored) {
            List<String> fields = fields(stored);
            return new Authentication(
                    new TenantId(fields.get(0)),
                    UserId.parse(fields.get(1)),
                    PasskeyUse.valueOf(fields.get(2)),
                    fields.get(3),
                    fields.get(4));
        }
    }

    private static List<String> fields(String stored) {
        return stored.lines().toList();
    }
}
