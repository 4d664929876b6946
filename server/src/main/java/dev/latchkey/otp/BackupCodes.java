package dev.latchkey.otp;

import dev.latchkey.core.TypedCode;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An account's one set of codes for the day a second factor is lost. */
public final class BackupCodes {
    /** 28 characters that are not taken for one another and spell nothing: twelve of them are 57 bits. */
    static final String ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ";

    static final int LENGTH = 12;
    private static final int GROUP = 4;
    private static final String KIND = "backup-code";

    private final OtpConfig config;
    private final Sealer sealer;
    private final Secrets secrets;
    private final Clock clock;
    private final BackupCodeStore store = new BackupCodeStore();

    public BackupCodes(OtpConfig config, Sealer sealer, Secrets secrets, Clock clock) {
        this.config = config;
        this.sealer = sealer;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Makes a new set; the old one is void from then on.
     *
     * @return the codes as they are shown, this once: {@code XXXX-XXXX-XXXX}
     */
    public List<String> renew(Tx tx, UserId user) {
        Instant now = clock.instant();
        List<String> shown = new ArrayList<>();
        for (int slot = 0; slot < config.backupCodes(); slot++) {
            String code = secrets.code(ALPHABET, LENGTH);
            store.put(tx, user, slot, sealer.keyedHash(KIND, bound(user, code)), now);
            shown.add(grouped(code));
        }
        store.deleteFrom(tx, user, config.backupCodes());
        return List.copyOf(shown);
    }

    /** Spends the code: of any number of uses at once exactly one. Forgives case, spaces and dashes. */
    public SpendOutcome spend(Tx tx, UserId user, String code) {
        List<String> hashes = sealer.keyedHashes(KIND, bound(user, TypedCode.plain(code)));
        return store.take(tx, user, hashes)
                ? new SpendOutcome.Spent(store.count(tx, user))
                : new SpendOutcome.Unknown();
    }

    /** How many codes still work. */
    public int left(Sql sql, UserId user) {
        return store.count(sql, user);
    }

    public void removeAll(Tx tx, UserId user) {
        store.deleteFrom(tx, user, 0);
    }

    /** Removes the codes of a set that was made at this instant or later. */
    public void removeMadeSince(Tx tx, UserId user, Instant since) {
        store.deleteMadeSince(tx, user, since);
    }

    private static String bound(UserId user, String code) {
        return user.value() + '|' + code;
    }

    private static String grouped(String code) {
        List<String> groups = new ArrayList<>();
        for (int at = 0; at < code.length(); at += GROUP) {
            groups.add(code.substring(at, at + GROUP));
        }
        return String.join("-", groups);
    }
}
