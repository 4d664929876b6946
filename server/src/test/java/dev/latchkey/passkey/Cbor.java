package dev.latchkey.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Just enough CBOR (RFC 8949) to write what an authenticator writes: integers, text, bytes, arrays and maps in their order. */
final class Cbor {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Cbor() {}

    static byte[] of(Object value) {
        Cbor cbor = new Cbor();
        cbor.write(value);
        return cbor.out.toByteArray();
    }

    private void write(Object value) {
        switch (value) {
            case Integer number -> integer(number);
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                head(3, bytes.length);
                out.writeBytes(bytes);
            }
            case byte[] bytes -> {
                head(2, bytes.length);
                out.writeBytes(bytes);
            }
            case List<?> items -> {
                head(4, items.size());
                items.forEach(this::write);
            }
            case Map<?, ?> members -> {
                head(5, members.size());
                members.forEach((name, member) -> {
                    write(name);
                    write(member);
                });
            }
            default -> throw new IllegalArgumentException("no CBOR for " + value.getClass());
        }
    }

    private void integer(int number) {
        if (number >= 0) {
            head(0, number);
            return;
        }
        head(1, -1 - number);
    }

    private void head(int major, int argument) {
        int type = major << 5;
        if (argument < 24) {
            out.write(type | argument);
            return;
        }
        if (argument < 0x100) {
            out.write(type | 24);
            out.write(argument);
            return;
        }
        if (argument < 0x10000) {
            out.write(type | 25);
            out.write(argument >> 8);
            out.write(argument);
            return;
        }
        out.write(type | 26);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(argument >> shift);
        }
    }
}
