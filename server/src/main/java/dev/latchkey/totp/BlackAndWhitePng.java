package dev.latchkey.totp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes a square PNG of one bit a pixel (RFC 2083), so that no server loads the JDK's image classes for it. */
final class BlackAndWhitePng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int HEADER_BYTES = 13;

    private BlackAndWhitePng() {}

    /** Says which pixels are black. */
    @FunctionalInterface
    interface Picture {
        boolean isBlack(int x, int y);
    }

    static byte[] write(int width, Picture picture) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        // One bit a pixel, greyscale; compression, filter and interlace methods 0.
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(HEADER_BYTES)
                        .putInt(width)
                        .putInt(width)
                        .put((byte) 1)
                        .array());
        chunk(png, "IDAT", deflated(rows(width, picture)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** Each row is a filter type, 0, and its pixels, white being 1. */
    private static byte[] rows(int width, Picture picture) {
        int rowBytes = 1 + (width + Byte.SIZE - 1) / Byte.SIZE;
        byte[] rows = new byte[rowBytes * width];
        for (int y = 0; y < width; y++) {
            for (int x = 0; x < width; x++) {
                if (!picture.isBlack(x, y)) {
                    rows[y * rowBytes + 1 + x / Byte.SIZE] |= (byte) (0x80 >>> (x % Byte.SIZE));
                }
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] plain) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        png.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        png.writeBytes(name);
        png.writeBytes(content);
        png.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array());
    }
}
