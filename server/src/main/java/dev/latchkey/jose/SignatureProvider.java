package dev.latchkey.jose;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which provider computes signatures. The Amazon Corretto Crypto Provider signs and verifies about nine times as fast as the
 * JDK, but takes 0.2 s and 18 MiB to load: so the first signature starts loading it in the background, and the JDK serves until
 * it is there and has proved itself. It is never installed for the whole JVM.
 */
public final class SignatureProvider {
    /** How the provider is chosen. */
    public enum Choice {
        /** The fast one where it loads, else the JDK's. */
        AUTO,
        /** Always the JDK's. */
        JDK
    }

    private static final Logger LOG = System.getLogger(SignatureProvider.class.getName());

    private final AtomicBoolean asked;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile SignatureEngine engine = SignatureEngine.JDK;

    public SignatureProvider(Choice choice) {
        this.asked = new AtomicBoolean(choice == Choice.JDK);
        if (choice == Choice.JDK) {
            settled.countDown();
        }
    }

    /** The provider in use now, for people. */
    public String name() {
        return engine.name();
    }

    /** Loads what is to be loaded and waits for it: for benchmarks, and tests of both providers. */
    public void settle() throws InterruptedException {
        engine();
        settled.await();
    }

    SignatureEngine engine() {
        if (!asked.get() && asked.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("signature-provider").start(this::load);
        }
        return engine;
    }

    // Whatever goes wrong with native code that is only an optimisation, the JDK goes on serving.
    private void load() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            Throwable failure = provider.getLoadingError();
            if (failure != null) {
                LOG.log(
                        Level.INFO,
                        "Signing with the JDK: the faster provider does not load here ({0})",
                        failure.toString());
                return;
            }
            provider.assertHealthy();
            SignatureEngine candidate = new SignatureEngine(Optional.<Provider>of(provider));
            if (agreesWithJdk(candidate)) {
                engine = candidate;
                LOG.log(Level.DEBUG, "Signing with {0}", candidate.name());
            } else {
                LOG.log(Level.WARNING, "Signing with the JDK: the faster provider disagrees with it");
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.INFO, "Signing with the JDK: the faster provider does not load here ({0})", e.toString());
        } finally {
            settled.countDown();
        }
    }

    private static boolean agreesWithJdk(SignatureEngine candidate) {
        byte[] input = "latchkey".getBytes(StandardCharsets.US_ASCII);
        byte[] other = "Latchkey".getBytes(StandardCharsets.US_ASCII);
        for (SignatureAlgorithm algorithm :
                new SignatureAlgorithm[] {SignatureAlgorithm.ES256, SignatureAlgorithm.EDDSA}) {
            KeyPair pair = algorithm.generate();
            PrivateKey privateKey = candidate.adopt(algorithm, pair.getPrivate(), PrivateKey.class);
            PublicKey publicKey = candidate.adopt(algorithm, pair.getPublic(), PublicKey.class);
            byte[] theirs = candidate.sign(algorithm, privateKey, input);
            byte[] ours = SignatureEngine.JDK.sign(algorithm, pair.getPrivate(), input);
            boolean agrees = SignatureEngine.JDK.verify(algorithm, pair.getPublic(), input, theirs)
                    && candidate.verify(algorithm, publicKey, input, ours)
                    && !candidate.verify(algorithm, publicKey, other, ours);
            if (!agrees) {
                return false;
            }
        }
        return true;
    }
}
