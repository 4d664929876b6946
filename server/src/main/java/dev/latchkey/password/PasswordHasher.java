package dev.latchkey.password;

import dev.latchkey.crypto.Secrets;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes and verifies hashes on the calling thread; {@link HashingPool} decides when that may be. */
final class PasswordHasher {
    private static final Logger LOG = System.getLogger(PasswordHasher.class.getName());
    private static final int MOST_CHARACTERS = 1_024;

    private final Argon2Parameters current;
    private final Secrets secrets;
    private final Supplier<Argon2Function> argon2;
    private final Argon2Hash nobody;

    PasswordHasher(Argon2Parameters current, Secrets secrets, Supplier<Argon2Function> argon2) {
        this.current = current;
        this.secrets = secrets;
        this.argon2 = argon2;
        this.nobody = Argon2Hash.blank(current, secrets.bytes(current.saltBytes()))
                .withDigest(secrets.bytes(Argon2Parameters.DIGEST_BYTES));
    }

    String hash(String password) {
        if (password.isEmpty() || password.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("a password has 1 to " + MOST_CHARACTERS + " characters");
        }
        byte[] bytes = bytes(normalised(password));
        Argon2Hash blank = Argon2Hash.blank(current, secrets.bytes(current.saltBytes()));
        String text = blank.withDigest(argon2.get().digest(blank, bytes)).text();
        Arrays.fill(bytes, (byte) 0);
        return text;
    }

    /** The same bytes for the same password and salt, at the cost of a hash. */
    byte[] digest(String password, byte[] salt) {
        byte[] bytes = bytes(normalised(password));
        byte[] digest = argon2.get().digest(Argon2Hash.blank(current, salt), bytes);
        Arrays.fill(bytes, (byte) 0);
        return digest;
    }

    /** An absent or unreadable hash costs what a current one does, and nothing matches it. */
    PasswordVerdict verify(Optional<String> stored, String password) {
        if (password.isEmpty() || password.length() > MOST_CHARACTERS) {
            nobody.matches(new byte[1], argon2.get());
            return PasswordVerdict.WRONG;
        }
        Optional<StoredHash> hash = stored.flatMap(StoredHash::parse);
        if (stored.isPresent() && hash.isEmpty()) {
            LOG.log(Level.WARNING, "A stored password hash is of an unknown kind; its user must reset the password.");
        }
        StoredHash compared = hash.orElse(nobody);
        List<String> spellings = spellings(password);
        for (String spelling : spellings) {
            byte[] bytes = bytes(spelling);
            boolean matches = compared.matches(bytes, argon2.get());
            boolean cut = compared instanceof BcryptHash && BcryptHash.isCut(bytes);
            Arrays.fill(bytes, (byte) 0);
            if (matches && hash.isPresent()) {
                boolean asWeWould = spelling.equals(spellings.getFirst()) && isCurrent(compared);
                return new PasswordVerdict(true, !asWeWould && !cut);
            }
        }
        return PasswordVerdict.WRONG;
    }

    private boolean isCurrent(StoredHash hash) {
        return hash instanceof Argon2Hash ours && ours.isCurrent(current);
    }

    /** Our own form first; what was typed too where it differs, because other systems hashed it unnormalised. */
    private static List<String> spellings(String password) {
        List<String> spellings = new ArrayList<>(2);
        spellings.add(normalised(password));
        if (!spellings.getFirst().equals(password)) {
            spellings.add(password);
        }
        return spellings;
    }

    /** The same password typed on another keyboard or system is the same code points after NFKC. */
    static String normalised(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
