package dev.latchkey.sms;

import dev.latchkey.core.PhoneNumber;
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
 * A text message as bytes and back. An unknown version or template is refused, so that a node of an older release leaves the
 * message to a newer one.
 */
final class SmsCodec {
    private static final int VERSION = 1;

    private SmsCodec() {}

    static byte[] encode(SmsMessage message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(message.tenant().value());
            out.writeUTF(message.to().value());
            out.writeUTF(message.template().name());
            out.writeUTF(message.locale().toLanguageTag());
            out.writeShort(message.values().size());
            for (Map.Entry<String, String> value : message.values().entrySet()) {
                out.writeUTF(value.getKey());
                out.writeUTF(value.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException for what this release cannot read */
    static SmsMessage decode(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("a text message of version " + version);
            }
            TenantId tenant = new TenantId(in.readUTF());
            PhoneNumber to = new PhoneNumber(in.readUTF());
            SmsTemplate template = SmsTemplate.valueOf(in.readUTF());
            Locale locale = Locale.forLanguageTag(in.readUTF());
            Map<String, String> values = new HashMap<>();
            for (int left = in.readShort(); left > 0; left--) {
                values.put(in.readUTF(), in.readUTF());
            }
            return new SmsMessage(tenant, to, template, values, locale);
        } catch (IOException e) {
            throw new IllegalArgumentException("a text message that ends too early", e);
        }
    }
}
