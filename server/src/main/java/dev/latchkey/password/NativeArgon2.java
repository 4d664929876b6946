package dev.latchkey.password;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;

/** The reference implementation through JNA. Its memory is outside the Java heap and freed when the digest is done. */
final class NativeArgon2 implements Argon2Function {
    private final Argon2Advanced argon2d = Argon2Factory.createAdvanced(Argon2Types.ARGON2d);
    private final Argon2Advanced argon2i = Argon2Factory.createAdvanced(Argon2Types.ARGON2i);
    private final Argon2Advanced argon2id = Argon2Factory.createAdvanced(Argon2Types.ARGON2id);

    @Override
    public byte[] digest(Argon2Hash cost, byte[] password) {
        Argon2Advanced function = switch (cost.type()) {
            case D -> argon2d;
            case I -> argon2i;
            case ID -> argon2id;
        };
        Argon2Version version = cost.version() == Argon2Hash.VERSION ? Argon2Version.V13 : Argon2Version.V10;
        return function.hashAdvanced(
                        cost.iterations(),
                        cost.memoryKib(),
                        cost.parallelism(),
                        password,
                        cost.salt(),
                        cost.digest().length,
                        version)
                .getRaw();
    }

    @Override
    public String name() {
        return "native";
    }
}
