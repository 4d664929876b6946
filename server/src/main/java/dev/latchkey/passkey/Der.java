package dev.latchkey.passkey;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One element of DER (ITU-T X.690), as far as a certificate's extension needs it.
 *
 * @param tag the number, without its class
 */
record Der(int tag, byte[] content) {
    private static final int HIGH_TAG = 0x1F;
    private static final int LONG_LENGTH = 0x80;

    /** @throws CeremonyRefused where it is not one element and nothing after it */
    static Der of(byte[] bytes) {
        List<Der> elements = elements(bytes);
        CeremonyRefused.unless(elements.size() == 1, PasskeyRefusal.ATTESTATION_STATEMENT);
        return elements.getFirst();
    }

    /** The elements inside a constructed one. */
    List<Der> children() {
        return elements(content);
    }

    private static List<Der> elements(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        List<Der> elements = new ArrayList<>();
        try {
            while (rest.hasRemaining()) {
                int tag = tag(rest);
                int length = length(rest);
                CeremonyRefused.unless(length >= 0 && length <= rest.remaining(), PasskeyRefusal.ATTESTATION_STATEMENT);
                byte[] content = new byte[length];
                rest.get(content);
                elements.add(new Der(tag, content));
            }
        } catch (BufferUnderflowException e) {
            throw new CeremonyRefused(PasskeyRefusal.ATTESTATION_STATEMENT);
        }
        return elements;
    }

    private static int tag(ByteBuffer rest) {
        int first = rest.get() & HIGH_TAG;
        if (first != HIGH_TAG) {
            return first;
        }
        int tag = 0;
        int next;
        do {
            next = rest.get();
            CeremonyRefused.unless(tag < 1 << 20, PasskeyRefusal.ATTESTATION_STATEMENT);
            tag = (tag << 7) | (next & 0x7F);
        } while (next < 0);
        return tag;
    }

    private static int length(ByteBuffer rest) {
        int first = Byte.toUnsignedInt(rest.get());
        if (first < LONG_LENGTH) {
            return first;
        }
        int count = first - LONG_LENGTH;
        CeremonyRefused.unless(count > 0 && count <= 3, PasskeyRefusal.ATTESTATION_STATEMENT);
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | Byte.toUnsignedInt(rest.get());
        }
        return length;
    }
}
