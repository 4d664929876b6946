package dev.latchkey.http;

import java.util.Arrays;

/** A line of JSON in the making, as the bytes that are written: most of them are ASCII and none needs a String first. */
final class LogLine {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int USUAL = 384;
    private static final int LONGEST_ESCAPE = 6;

    private byte[] bytes = new byte[USUAL];
    private int length = 0;

    /** Text of ours: ASCII, and nothing in it that JSON would escape. */
    LogLine raw(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    LogLine raw(long number) {
        return raw(Long.toString(number));
    }

    /** Any text, quoted; whatever is not printable ASCII is escaped. */
    LogLine quoted(String text) {
        reserve(2 + text.length());
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                bytes[length++] = (byte) c;
            } else {
                escape(c, text.length() - i);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    private void escape(char c, int left) {
        reserve(LONGEST_ESCAPE + left + 1);
        bytes[length++] = '\\';
        if (c == '"' || c == '\\') {
            bytes[length++] = (byte) c;
            return;
        }
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 0xF];
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    int length() {
        return length;
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, length);
    }
}
