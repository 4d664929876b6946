package dev.latchkey.core;

final class Uuids {
    private static final int LENGTH = 36;

    private Uuids() {}

    static void require(String text) {
        if (!isUuid(text)) {
            throw new IllegalArgumentException("not a lower-case UUID");
        }
    }

    static boolean isUuid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !isHex(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
