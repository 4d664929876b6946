package dev.latchkey.http;

import dev.latchkey.metrics.Metrics;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the certificate in force the one that lies in the files. A new one is taken once two looks find the same files, for a pair
 * is seldom replaced in one step; one that cannot be used changes nothing and is told about.
 */
final class CertificateWatch {
    private static final Logger LOG = System.getLogger(CertificateWatch.class.getName());
    private static final Duration SOON = Duration.ofDays(7);

    /** How a file looks from outside; {@code Optional.empty()} while there is none. */
    private record Stamp(Optional<FileStamp> certificate, Optional<FileStamp> key) {}

    private record FileStamp(long modified, long size, String file) {}

    private final HttpsConfig config;
    private final Clock clock;
    private final CurrentTls tls;
    private Stamp lastSeen;
    private Stamp lastTried;
    private volatile Instant expires;
    private volatile boolean refused = false;

    /** @throws IllegalStateException where the files cannot be used; the message says which, why and what to do */
    CertificateWatch(HttpsConfig config, Metrics metrics, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.lastSeen = stamp();
        this.lastTried = lastSeen;
        ServerCertificate first = ServerCertificate.load(config);
        this.tls = new CurrentTls(first.context());
        this.expires = first.expires();
        warnOfExpiry();
        metrics.gauge(
                "latchkey_tls_certificate_seconds_left",
                "Time until the certificate in force expires; negative once it has.",
                () -> Duration.between(clock.instant(), expires).toMillis() / 1000.0);
        metrics.gauge(
                "latchkey_tls_certificate_refused",
                "1 while the files hold a certificate that cannot be used and the former one stays in force.",
                () -> refused ? 1 : 0);
    }

    CurrentTls tls() {
        return tls;
    }

    /** Takes over what changed, if it can be used. Called every few seconds by one thread at a time. */
    synchronized void look() {
        Stamp now = stamp();
        boolean settled = now.equals(lastSeen);
        lastSeen = now;
        if (!settled || now.equals(lastTried)) {
            return;
        }
        lastTried = now;
        try {
            ServerCertificate next = ServerCertificate.load(config);
            tls.use(next.context());
            expires = next.expires();
            refused = false;
            LOG.log(Level.INFO, "New connections get the changed certificate, good until {0}.", expires);
            warnOfExpiry();
        } catch (IllegalStateException problem) {
            refused = true;
            LOG.log(
                    Level.WARNING,
                    "The changed certificate is not used: {0} The former one, good until {1}, stays in force.",
                    problem.getMessage(),
                    expires);
        }
    }

    private void warnOfExpiry() {
        Duration left = Duration.between(clock.instant(), expires);
        if (left.compareTo(SOON) < 0) {
            LOG.log(
                    Level.WARNING,
                    "The certificate in {0} {1} on {2}; renew it. The changed files are read without a restart.",
                    config.certificate(),
                    left.isNegative() ? "ran out" : "runs out",
                    expires);
        }
    }

    private Stamp stamp() {
        return new Stamp(stamp(config.certificate()), stamp(config.key()));
    }

    private static Optional<FileStamp> stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(
                    new FileStamp(found.lastModifiedTime().toMillis(), found.size(), String.valueOf(found.fileKey())));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
