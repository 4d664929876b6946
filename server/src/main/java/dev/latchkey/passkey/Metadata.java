package dev.latchkey.passkey;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The list of models of authenticators that the operator keeps on disk. Read when first needed, and again when the file changed;
 * what cannot be read is said in the log, and the list that was read before stays in force.
 */
final class Metadata {
    private static final Logger LOG = System.getLogger(Metadata.class.getName());
    private static final String SIGNER = "mds.fidoalliance.org";
    private static final Duration LOOKED_AT_EVERY = Duration.ofMinutes(1);
    private static final long LARGEST = 64L * 1024 * 1024;

    private record Read(Instant at, long modified, Optional<Map<String, MetadataBlob.Entry>> entries) {
        static final Read NEVER = new Read(Instant.MIN, -1, Optional.empty());
    }

    private final Optional<Path> file;
    private final Optional<Path> root;
    private final Clock clock;
    private volatile Read read = Read.NEVER;

    Metadata(Optional<Path> file, Optional<Path> root, Clock clock) {
        this.file = file;
        this.root = root;
        this.clock = clock;
    }

    boolean isConfigured() {
        return file.isPresent();
    }

    /** Empty where no list is configured, or none could ever be read. */
    Optional<Map<String, MetadataBlob.Entry>> entries() {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Read current = read;
        return isFresh(current) ? current.entries() : readAgain(file.get());
    }

    Optional<MetadataBlob.Entry> entry(String key) {
        return entries().map(all -> all.get(key));
    }

    private boolean isFresh(Read current) {
        return !current.equals(Read.NEVER)
                && clock.instant().isBefore(current.at().plus(LOOKED_AT_EVERY));
    }

    private synchronized Optional<Map<String, MetadataBlob.Entry>> readAgain(Path path) {
        Read current = read;
        if (isFresh(current)) {
            return current.entries();
        }
        Instant now = clock.instant();
        Read next = current;
        try {
            long modified = Files.getLastModifiedTime(path).toMillis();
            next = modified == current.modified()
                    ? new Read(now, modified, current.entries())
                    : new Read(now, modified, Optional.of(load(path, now)));
        } catch (IOException | GeneralSecurityException | MetadataException e) {
            LOG.log(
                    Level.WARNING,
                    "The list of authenticator models in {0} cannot be used: {1}. Put a current BLOB there;"
                            + " until then {2}.",
                    path,
                    e.getMessage(),
                    current.entries().isPresent() ? "the one before stays in force" : "no passkey can be registered");
            next = new Read(now, -1, current.entries());
        }
        read = next;
        return next.entries();
    }

    private Map<String, MetadataBlob.Entry> load(Path path, Instant now)
            throws IOException, GeneralSecurityException, MetadataException {
        if (Files.size(path) > LARGEST) {
            throw new MetadataException("it is larger than 64 MiB");
        }
        MetadataBlob blob = root.isPresent()
                ? new MetadataBlob(CertificateChain.inFile(root.get()), Optional.empty())
                : new MetadataBlob(CertificateChain.ofPlatform(), Optional.of(SIGNER));
        return blob.entries(Files.readAllBytes(path), now);
    }
}
