package dev.latchkey.totp;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.TotpDeviceId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;

/**
 * A setup between its QR code and its first code, as it waits in {@code ExpiringStore}: sealed, and bound to its user.
 *
 * @param id of the device that it becomes, so that it can become only one
 */
record SealedSetup(
        TotpDeviceId id,
        TenantId tenant,
        String name,
        TotpAlgorithm algorithm,
        int digits,
        byte[] seed,
        Instant expiresAt) {
    private static final int VERSION = 1;

    SealedSetup named(String other) {
        return new SealedSetup(id, tenant, other, algorithm, digits, seed, expiresAt);
    }

    PendingTotp seal(Sealer sealer, UserId user) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(id.value());
            out.writeUTF(tenant.value());
            out.writeUTF(name);
            out.writeUTF(algorithm.name());
            out.writeByte(digits);
            out.writeByte(seed.length);
            out.write(seed);
            out.writeLong(expiresAt.toEpochMilli());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] sealed = sealer.seal(SealPurpose.TOTP_SEED, place(user), bytes.toByteArray());
        return new PendingTotp(user, Base64.getEncoder().encodeToString(sealed));
    }

    /** @throws IllegalArgumentException for a setup that another release began */
    static SealedSetup open(Sealer sealer, PendingTotp pending) {
        byte[] sealed = Base64.getDecoder().decode(pending.sealed());
        byte[] plain = sealer.open(SealPurpose.TOTP_SEED, place(pending.user()), sealed);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("a setup of version " + version);
            }
            return new SealedSetup(
                    new TotpDeviceId(in.readUTF()),
                    new TenantId(in.readUTF()),
                    in.readUTF(),
                    TotpAlgorithm.valueOf(in.readUTF()),
                    in.readByte(),
                    in.readNBytes(in.readByte()),
                    Instant.ofEpochMilli(in.readLong()));
        } catch (IOException e) {
            throw new IllegalArgumentException("a setup that ends too early", e);
        }
    }

    private static String place(UserId user) {
        return "ephemeral|totp-setup|" + user.value();
    }

    // A record's own would show where its seed is.
    @Override
    public String toString() {
        return "SealedSetup[" + id + "]";
    }
}
