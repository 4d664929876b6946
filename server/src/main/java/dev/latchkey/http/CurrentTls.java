package dev.latchkey.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS that new connections get, which may be another's certificate from one moment to the next. Connections that are open
 * keep what they began with; sessions kept under a former certificate cannot be resumed.
 */
final class CurrentTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLParameters parameters;
    private volatile SSLContext context;

    CurrentTls(SSLContext first) {
        parameters = parameters(first);
        context = first;
    }

    void use(SSLContext next) {
        context = next;
    }

    /** The same object for ever, as the web server wants it. */
    SSLContext asContext() {
        return new Following(new Spi(), context);
    }

    /** Forward secrecy and authenticated encryption only; of what the JDK enables, that is. */
    private static SSLParameters parameters(SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(CurrentTls::isStrong)
                .toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    private static boolean isStrong(String suite) {
        boolean authenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
        boolean version13 = suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
        return authenticated && (version13 || suite.startsWith("TLS_ECDHE_"));
    }

    private static final class Following extends SSLContext {
        private Following(Spi spi, SSLContext like) {
            super(spi, like.getProvider(), like.getProtocol());
        }
    }

    private final class Spi extends SSLContextSpi {
        private final SSLSocketFactory sockets = new Sockets();

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {
            throw new UnsupportedOperationException("made of a context that is ready");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return sockets;
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            SSLEngine engine = context.createSSLEngine();
            engine.setSSLParameters(parameters);
            return engine;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engineCreateSSLEngine();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }

    /** Wraps accepted connections; opens none. */
    private final class Sockets extends SSLSocketFactory {
        @Override
        public Socket createSocket(Socket accepted, InputStream consumed, boolean autoClose) throws IOException {
            // The web server asks that the socket below stay open when this one is closed, and then forgets it.
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, consumed, true);
            socket.setSSLParameters(parameters);
            return socket;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return parameters.getCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return parameters.getCipherSuites();
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            throw serverOnly();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw serverOnly();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            throw serverOnly();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw serverOnly();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            throw serverOnly();
        }

        private static UnsupportedOperationException serverOnly() {
            return new UnsupportedOperationException("this is a server's");
        }
    }
}
