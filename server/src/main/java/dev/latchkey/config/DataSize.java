package dev.latchkey.config;

/** An amount of bytes, written {@code 512B}, {@code 64KiB}, {@code 1MiB} or {@code 2GiB}. Never negative. */
public record DataSize(long bytes) {
    private static final long KIB = 1024;
    private static final long MIB = KIB * 1024;
    private static final long GIB = MIB * 1024;

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
    }

    public static DataSize ofKibibytes(long count) {
        return new DataSize(Math.multiplyExact(count, KIB));
    }

    public static DataSize ofMebibytes(long count) {
        return new DataSize(Math.multiplyExact(count, MIB));
    }

    /** @throws IllegalArgumentException with what a right value looks like */
    public static DataSize parse(String text) {
        int split = UnitText.digits(text);
        long unit = switch (text.substring(split)) {
            case "B" -> 1;
            case "KiB" -> KIB;
            case "MiB" -> MIB;
            case "GiB" -> GIB;
            default -> 0;
        };
        if (split == 0 || unit == 0) {
            throw new IllegalArgumentException("must be a whole number with a unit, such as 64KiB or 1MiB");
        }
        return new DataSize(UnitText.times(text.substring(0, split), unit));
    }

    @Override
    public String toString() {
        if (bytes != 0 && bytes % GIB == 0) {
            return bytes / GIB + "GiB";
        }
        if (bytes != 0 && bytes % MIB == 0) {
            return bytes / MIB + "MiB";
        }
        return bytes != 0 && bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
    }
}
