package dev.latchkey.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/** Bouncy Castle's Argon2: slower, and its memory is on the Java heap. */
final class JavaArgon2 implements Argon2Function {
    @Override
    public byte[] digest(Argon2Hash cost, byte[] password) {
        int type = switch (cost.type()) {
            case D -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_d;
            case I -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_i;
            case ID -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id;
        };
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new org.bouncycastle.crypto.params.Argon2Parameters.Builder(type)
                .withVersion(cost.version())
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism())
                .withSalt(cost.salt())
                .build());
        byte[] digest = new byte[cost.digest().length];
        generator.generateBytes(password, digest);
        return digest;
    }

    @Override
    public String name() {
        return "java";
    }
}
