package dev.latchkey.passkey;

import com.webauthn4j.data.attestation.statement.TPMGenerated;
import com.webauthn4j.data.attestation.statement.TPMIAlgHash;
import com.webauthn4j.data.attestation.statement.TPMISTAttest;
import com.webauthn4j.data.attestation.statement.TPMSAttest;
import com.webauthn4j.data.attestation.statement.TPMSCertifyInfo;
import com.webauthn4j.data.attestation.statement.TPMSClockInfo;
import com.webauthn4j.data.attestation.statement.TPMTHA;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads what a TPM certifies (TPM 2.0 part 2, section 10.12.8, TPMS_ATTEST) in the place of the library's own reader, which takes
 * no empty qualified name. The signed bytes are kept as they came.
 */
final class TpmCertInfoReader extends StdDeserializer<TPMSAttest> {
    private static final int MAGIC = 4;
    private static final int TYPE = 2;
    private static final int LONG = 8;

    TpmCertInfoReader() {
        super(TPMSAttest.class);
    }

    @Override
    public TPMSAttest deserialize(JsonParser parser, DeserializationContext context) {
        byte[] signed = parser.getBinaryValue();
        ByteBuffer rest = ByteBuffer.wrap(signed);
        TPMGenerated magic = TPMGenerated.create(take(rest, MAGIC));
        TPMISTAttest type = TPMISTAttest.create(take(rest, TYPE));
        CeremonyRefused.unless(type == TPMISTAttest.TPM_ST_ATTEST_CERTIFY, PasskeyRefusal.ATTESTATION_STATEMENT);
        byte[] signer = sized(rest);
        byte[] extraData = sized(rest);
        TPMSClockInfo clock = new TPMSClockInfo(
                new BigInteger(1, take(rest, LONG)),
                Integer.toUnsignedLong(rest.getInt()),
                Integer.toUnsignedLong(rest.getInt()),
                rest.get() != 0);
        BigInteger firmware = new BigInteger(1, take(rest, LONG));
        TPMSCertifyInfo attested = new TPMSCertifyInfo(name(sized(rest)), name(sized(rest)));
        CeremonyRefused.unless(!rest.hasRemaining(), PasskeyRefusal.MALFORMED);
        return new CertInfo(signed, magic, type, signer, extraData, clock, firmware, attested);
    }

    /** An empty name names nothing; it is ignored as the qualified one and fails as the other, which must be the key's. */
    private static TPMTHA name(byte[] sized) {
        if (sized.length == 0) {
            return new TPMTHA(TPMIAlgHash.TPM_ALG_NULL, sized);
        }
        ByteBuffer rest = ByteBuffer.wrap(sized);
        TPMIAlgHash algorithm = TPMIAlgHash.create(Short.toUnsignedInt(rest.getShort()));
        return new TPMTHA(algorithm, take(rest, rest.remaining()));
    }

    private static byte[] sized(ByteBuffer rest) {
        return take(rest, Short.toUnsignedInt(rest.getShort()));
    }

    private static byte[] take(ByteBuffer rest, int count) {
        CeremonyRefused.unless(count <= rest.remaining(), PasskeyRefusal.MALFORMED);
        byte[] bytes = new byte[count];
        rest.get(bytes);
        return bytes;
    }

    private static final class CertInfo extends TPMSAttest {
        private final byte[] signed;

        CertInfo(
                byte[] signed,
                TPMGenerated magic,
                TPMISTAttest type,
                byte[] signer,
                byte[] extraData,
                TPMSClockInfo clock,
                BigInteger firmware,
                TPMSCertifyInfo attested) {
            super(magic, type, signer, extraData, clock, firmware, attested);
            this.signed = signed;
        }

        @Override
        public byte[] getBytes() {
            return signed.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
