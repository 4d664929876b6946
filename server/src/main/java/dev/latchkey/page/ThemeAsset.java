package dev.latchkey.page;

import dev.latchkey.http.Asset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file of a theme. Its address carries a digest of its content, so that a browser may keep it for good. */
public final class ThemeAsset {
    private static final int VERSION_BYTES = 6;

    private final String fileName;
    private final byte[] content;
    private final Asset asset;
    private final String version;

    ThemeAsset(String fileName, String contentType, byte[] content) {
        this.fileName = fileName;
        this.content = content.clone();
        this.asset = new Asset(contentType, this::content);
        this.version = digest(content);
    }

    String fileName() {
        return fileName;
    }

    byte[] content() {
        return content.clone();
    }

    Asset asset() {
        return asset;
    }

    String version() {
        return version;
    }

    String address() {
        return "/assets/" + version + "/" + fileName;
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
