package dev.latchkey.audit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of an event that may speak of a person, sealed at rest. Binary form: a version byte, ip, user agent, then the details
 * in key order; each text as {@link DataOutputStream#writeUTF} writes it.
 */
record PersonalData(String ip, String userAgent, Map<String, String> details) {
    /** Which key a row's personal data is sealed under. */
    enum Sealing {
        /** The data salt of the user whom the event concerns. */
        USER("user"),
        /** The server's key for audit data: nobody is concerned, or the user's salt is already erased. */
        SERVER("server");

        private final String text;

        Sealing(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final int VERSION = 1;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(ip);
            out.writeUTF(userAgent);
            out.writeByte(details.size());
            for (Map.Entry<String, String> detail : new TreeMap<>(details).entrySet()) {
                out.writeUTF(detail.getKey());
                out.writeUTF(detail.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static PersonalData decode(byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("audit data of version " + version + " was written by a newer server");
            }
            String ip = in.readUTF();
            String userAgent = in.readUTF();
            Map<String, String> details = new TreeMap<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                details.put(in.readUTF(), in.readUTF());
            }
            return new PersonalData(ip, userAgent, details);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what only the person's own salt may guard. */
    PersonalData withoutOrigin() {
        return new PersonalData("", "", details);
    }
}
