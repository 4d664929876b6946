package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are the same for every caller, such as a style sheet or the API description. Read, compressed and digested on
 * first use, then kept: nothing secret may ever be in one, which is why only assets are compressed.
 */
public final class Asset {
    private record Loaded(byte[] plain, byte[] gzip, String entityTag) {}

    private final String contentType;
    private final Supplier<byte[]> source;
    private volatile @Nullable Loaded loaded;

    public Asset(String contentType, Supplier<byte[]> source) {
        this.contentType = contentType;
        this.source = source;
    }

    /** A file on the class path, by its absolute name. */
    public static Asset ofResource(String contentType, String name) {
        return new Asset(contentType, () -> read(name));
    }

    String contentType() {
        return contentType;
    }

    byte[] plain() {
        return load().plain();
    }

    byte[] gzip() {
        return load().gzip();
    }

    /** A strong validator, RFC 9110 section 8.8.3. */
    String entityTag() {
        return load().entityTag();
    }

    private Loaded load() {
        Loaded known = loaded;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            Loaded raced = loaded;
            if (raced != null) {
                return raced;
            }
            byte[] plain = source.get();
            Loaded fresh = new Loaded(plain, compress(plain), digest(plain));
            loaded = fresh;
            return fresh;
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = Asset.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the file " + name + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compress(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String digest(byte[] plain) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain);
            return '"'
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(hash)
                            .substring(0, 22)
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
