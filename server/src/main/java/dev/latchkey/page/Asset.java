package dev.latchkey.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file that pages refer to. Its address carries a digest of its content, so that a browser may keep it for good. */
enum Asset {
    STYLESHEET("latchkey.css", "text/css; charset=utf-8"),
    LOGO("latchkey.svg", "image/svg+xml");

    private static final int VERSION_BYTES = 6;

    private final String fileName;
    private final String contentType;

    // Read on first use, and by whoever comes first: twice is harmless.
    private volatile Content content = Content.NONE;

    Asset(String fileName, String contentType) {
        this.fileName = fileName;
        this.contentType = contentType;
    }

    record Content(byte[] plain, byte[] gzip, String version) {
        static final Content NONE = new Content(new byte[0], new byte[0], "");
    }

    String fileName() {
        return fileName;
    }

    String contentType() {
        return contentType;
    }

    /** Such as {@code /assets/0123456789ab/latchkey.css}. */
    String address() {
        return "/assets/" + content().version() + "/" + fileName;
    }

    Content content() {
        Content known = content;
        if (known.version().isEmpty()) {
            known = read();
            content = known;
        }
        return known;
    }

    private Content read() {
        try (InputStream in = Asset.class.getResourceAsStream(fileName)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + fileName + ": build it again");
            }
            byte[] plain = in.readAllBytes();
            return new Content(plain, gzip(plain), version(plain));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static String version(byte[] plain) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
            return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
