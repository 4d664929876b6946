package dev.latchkey.mail;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A mail as bytes and back: a version, then its parts as length-prefixed text. An unknown version or template is refused, so
 * that a node of an older release leaves the mail to a newer one.
 */
final class MailCodec {
    private static final int VERSION = 1;

    private MailCodec() {}

    static byte[] encode(MailMessage mail) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(mail.tenant().value());
            out.writeUTF(mail.to().asTyped());
            out.writeUTF(mail.to().folded());
            out.writeUTF(mail.template().name());
            out.writeUTF(mail.locale().toLanguageTag());
            out.writeShort(mail.values().size());
            for (Map.Entry<String, String> value : mail.values().entrySet()) {
                out.writeUTF(value.getKey());
                out.writeUTF(value.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException for what this release cannot read */
    static MailMessage decode(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("mail of version " + version);
            }
            TenantId tenant = new TenantId(in.readUTF());
            EmailAddress to = new EmailAddress(in.readUTF(), in.readUTF());
            MailTemplate template = MailTemplate.valueOf(in.readUTF());
            Locale locale = Locale.forLanguageTag(in.readUTF());
            Map<String, String> values = new HashMap<>();
            for (int left = in.readShort(); left > 0; left--) {
                values.put(in.readUTF(), in.readUTF());
            }
            return new MailMessage(tenant, to, template, values, locale);
        } catch (IOException e) {
            throw new IllegalArgumentException("a mail that ends too early", e);
        }
    }
}
