package dev.latchkey.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Puts STARTTLS (RFC 3207) before an SMTP server that has none: speaks the few lines up to it, then passes on what comes through the
 * TLS connection. Everything after that is the server's.
 */
final class StartTlsFront implements AutoCloseable {
    private final ServerSocket listener;
    private final int behind;
    private final SSLContext tls;

    StartTlsFront(int behind, SSLContext tls) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.behind = behind;
        this.tls = tls;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            line(server.getInputStream());
            say(plain, "220 front ESMTP");
            String command = line(plain.getInputStream());
            while (!command.equals("STARTTLS")) {
                if (command.isEmpty()) {
                    return;
                }
                say(plain, command.startsWith("EHLO") ? "250-front\r\n250 STARTTLS" : "530 Must issue STARTTLS first");
                command = line(plain.getInputStream());
            }
            say(plain, "220 Go ahead");
            try (SSLSocket secure =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true)) {
                secure.setUseClientMode(false);
                secure.startHandshake();
                Thread back = Thread.ofVirtual().start(() -> pass(server, secure));
                pass(secure, server);
                server.shutdownOutput();
                back.join();
            }
        } catch (IOException refused) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            return;
        }
    }

    private static void say(Socket client, String line) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return line.toString();
    }
}
