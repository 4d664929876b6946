package dev.latchkey.boot.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** What browsers get to see at the public URL: a certificate they trust, and for how long still. */
final class Certificate implements Check {
    private static final Duration SOON = Duration.ofDays(14);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final SSLSocketFactory sockets;

    Certificate() {
        this(HttpsURLConnection.getDefaultSSLSocketFactory());
    }

    Certificate(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public List<Finding> run(Installation installation) {
        Optional<List<String>> files =
                installation.configuration().http().https().map(https -> https.fileProblems());
        if (files.isPresent() && !files.get().isEmpty()) {
            return fail(String.join(" ", files.get()));
        }
        URI url = installation.configuration().http().effectivePublicUrl();
        if (!"https".equals(url.getScheme())) {
            return List.of();
        }
        try {
            return judged(url, seen(url), installation.clock().instant());
        } catch (SSLException refused) {
            return fail("Browsers refuse " + url + ": " + refused.getMessage()
                    + ". Renew the certificate, or give the proxy the whole chain.");
        } catch (IOException away) {
            return warn(
                    url + " cannot be reached from here (" + away.getMessage()
                            + "), so its certificate was not looked at. Is the server or its proxy running, and does DNS name it?");
        }
    }

    private List<Finding> judged(URI url, X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(now.plus(SOON))) {
            return warn("The certificate of " + url + " ends on " + end
                    + ". Renew it, and see why that did not happen by itself.");
        }
        return ok("The certificate of " + url + " is trusted and good until " + end + ".");
    }

    private X509Certificate seen(URI url) throws IOException {
        int port = url.getPort() < 0 ? 443 : url.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(url.getHost(), port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket secure = (SSLSocket) sockets.createSocket(plain, url.getHost(), port, true)) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                if (!url.getHost().contains(":") && !Addresses.isLiteral(url.getHost())) {
                    parameters.setServerNames(List.of(new SNIHostName(url.getHost())));
                }
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                return (X509Certificate) secure.getSession().getPeerCertificates()[0];
            }
        }
    }
}
