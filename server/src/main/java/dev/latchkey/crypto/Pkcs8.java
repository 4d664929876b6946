package dev.latchkey.crypto;

import java.io.ByteArrayOutputStream;

/** Puts the older encodings of private keys into the PKCS#8 envelope (RFC 5958 section 2) that the JDK reads. */
final class Pkcs8 {
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int CURVE = 0xA0;
    private static final byte[] VERSION = {INTEGER, 1, 0};
    // SEQUENCE { 1.2.840.113549.1.1.1, NULL }
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    // 1.2.840.10045.2.1
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Pkcs8() {}

    static byte[] ofRsa(byte[] pkcs1) {
        return element(SEQUENCE, VERSION, RSA, element(OCTETS, pkcs1));
    }

    /** @throws IllegalArgumentException where the key does not name its curve */
    static byte[] ofEc(byte[] sec1) {
        return element(SEQUENCE, VERSION, element(SEQUENCE, EC, curve(sec1)), element(OCTETS, sec1));
    }

    /** RFC 5915 section 3: SEQUENCE { version, privateKey, [0] curve OPTIONAL, … }. */
    private static byte[] curve(byte[] sec1) {
        try {
            Reader outer = new Reader(sec1, 0);
            Reader inside = new Reader(sec1, outer.start);
            while (inside.tag != CURVE) {
                inside = new Reader(sec1, inside.end);
            }
            byte[] found = new byte[inside.end - inside.start];
            System.arraycopy(sec1, inside.start, found, 0, found.length);
            return found;
        } catch (IndexOutOfBoundsException noCurve) {
            throw new IllegalArgumentException(
                    "does not name its curve; convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem",
                    noCurve);
        }
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length > 0xffff) {
            throw new IllegalArgumentException("is larger than any private key");
        }
        if (length > 0xff) {
            element.write(0x82);
            element.write(length >> 8);
        } else if (length > 0x7f) {
            element.write(0x81);
        }
        element.write(length);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    /** Where one element's content lies. */
    private static final class Reader {
        private final int tag;
        private final int start;
        private final int end;

        private Reader(byte[] der, int at) {
            tag = der[at] & 0xff;
            int length = der[at + 1] & 0xff;
            int from = at + 2;
            if (length > 0x80) {
                int bytes = length - 0x80;
                length = 0;
                for (int i = 0; i < bytes; i++) {
                    length = (length << 8) | (der[from++] & 0xff);
                }
            }
            start = from;
            end = from + length;
            if (end > der.length || end < start) {
                throw new IndexOutOfBoundsException("an element reaches beyond its file");
            }
        }
    }
}
