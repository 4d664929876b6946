package dev.latchkey.page;

import dev.latchkey.http.Asset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that pages refer to. Its address carries a digest of its content, so that a browser may keep it for good. */
enum PageAsset {
    STYLESHEET("latchkey.css", "text/css; charset=utf-8"),
    LOGO("latchkey.svg", "image/svg+xml"),
    SCRIPT("pages.js", "text/javascript; charset=utf-8"),
    PASSKEYS("passkeys.js", "text/javascript; charset=utf-8"),
    PASSWORDS("passwords.js", "text/javascript; charset=utf-8"),
    HUMAN_CHECK("human-check.js", "text/javascript; charset=utf-8");

    private static final int VERSION_BYTES = 6;

    private final String fileName;
    private final Asset asset;

    // Worked out on first use, and by whoever comes first: twice is harmless.
    private volatile String version = "";

    PageAsset(String fileName, String contentType) {
        this.fileName = fileName;
        this.asset = new Asset(contentType, this::read);
    }

    String fileName() {
        return fileName;
    }

    Asset asset() {
        return asset;
    }

    /** Such as {@code /assets/0123456789ab/latchkey.css}. */
    String address() {
        return "/assets/" + version() + "/" + fileName;
    }

    String version() {
        String known = version;
        if (known.isEmpty()) {
            known = digest(read());
            version = known;
        }
        return known;
    }

    private byte[] read() {
        try (InputStream in = PageAsset.class.getResourceAsStream(fileName)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + fileName + ": build it again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
