package dev.latchkey.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {
    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

    @TempDir
    private static Path folder;

    private static TestCertificate first;
    private static TestCertificate second;

    private final TestEdge edge = TestEdge.create();
    private Path certificateFile;
    private Path keyFile;

    @BeforeAll
    static void makeCertificates() throws Exception {
        first = TestCertificate.ec(folder);
        second = TestCertificate.made(folder, "-keyalg", "RSA", "-keysize", "2048", "-validity", "60");
    }

    @BeforeEach
    void configure() throws Exception {
        Path own = Files.createTempDirectory(folder, "pair");
        certificateFile = own.resolve("fullchain.pem");
        keyFile = own.resolve("privkey.pem");
        first.writeTo(certificateFile, keyFile);
        edge.clock.set(Instant.now());
        edge.set("server.tls.certificate", certificateFile.toString()).set("server.tls.key", keyFile.toString());
        edge.api().get("/ok", Access.anyone(), request -> Reply.ok("x"));
        edge.api().post("/echo", Access.anyone(), request -> Reply.ok(request.body(Map.class)));
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void bothVersionsOfHttpAreSpoken() throws Exception {
        edge.start();
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpClient client = client(first, version);
            HttpResponse<String> answer = get(client, "/api/v1/test/ok");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(answer.sslSession().map(SSLSession::getProtocol)).contains("TLSv1.3");
            HttpResponse<String> echo = post(client, "/api/v1/test/echo", "{\"a\":\"" + "x".repeat(100_000) + "\"}");
            assertThat(echo.statusCode()).isEqualTo(200);
            assertThat(echo.body()).hasSizeGreaterThan(100_000);
        }
    }

    @Test
    void refusedBodiesAreAnsweredOverHttp2AndTheConnectionGoesOn() throws Exception {
        edge.start();
        HttpClient client = client(first, HttpClient.Version.HTTP_2);
        Map<String, Integer> refusals = Map.of("/api/v1/test/echo", 413, "/nothing/here", 413, "/api/v1/test/ok", 413);
        for (Map.Entry<String, Integer> refusal : refusals.entrySet()) {
            HttpResponse<String> answer = post(client, refusal.getKey(), "x".repeat(1_500_000));
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).as(refusal.getKey()).isEqualTo(refusal.getValue());
        }
        assertThat(post(client, "/api/v1/test/ok", "{}").statusCode()).isEqualTo(405);
        assertThat(post(client, "/api/v1/test/echo", "{").statusCode()).isEqualTo(400);
        assertThat(get(client, "/api/v1/test/ok").statusCode()).isEqualTo(200);
    }

    @Test
    void aStoppingServerAnswersWhatItHasOverHttp2() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        edge.api().get("/slow", Access.anyone(), request -> {
            begun.countDown();
            await(finish);
            return Reply.ok("done");
        });
        edge.start();
        HttpClient client = client(first, HttpClient.Version.HTTP_2);
        assertThat(get(client, "/api/v1/test/ok").statusCode()).isEqualTo(200);
        CompletableFuture<HttpResponse<String>> slow = client.sendAsync(
                HttpRequest.newBuilder(uri("/api/v1/test/slow")).build(), HttpResponse.BodyHandlers.ofString());
        await(begun);
        Thread stop = Thread.ofVirtual().start(edge.server()::close);
        int status = 200;
        while (status == 200) {
            status = get(client, "/health/ready").statusCode();
        }
        assertThat(status).isEqualTo(503);
        finish.countDown();
        assertThat(slow.get(20, TimeUnit.SECONDS).body()).contains("done");
        stop.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tls12IsSpokenWithForwardSecrecyOnly() throws Exception {
        edge.start();
        try (SSLSocket socket = connect(first)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(socket.getSession().getCipherSuite())
                    .startsWith("TLS_ECDHE_")
                    .doesNotContain("CBC");
        }
        try (SSLSocket socket = connect(first)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void olderVersionsOfTlsAreRefusedByAnAlert() throws Exception {
        edge.start();
        for (int minor : new int[] {0, 1, 2}) {
            try (Socket socket = raw(edge.port())) {
                socket.getOutputStream().write(clientHello(minor));
                byte[] answer = socket.getInputStream().readAllBytes();
                assertThat(answer).as("3." + minor).hasSizeGreaterThanOrEqualTo(7);
                // An alert, fatal: protocol_version.
                assertThat(answer[0]).isEqualTo((byte) 21);
                assertThat(answer[5]).isEqualTo((byte) 2);
                assertThat(answer[6]).isEqualTo((byte) 70);
            }
        }
    }

    @Test
    void aNewPairIsTakenOverWhileConnectionsStayOpen() throws Exception {
        edge.start();
        HttpClient http2 = client(first, HttpClient.Version.HTTP_2);
        assertThat(get(http2, "/api/v1/test/ok").statusCode()).isEqualTo(200);
        try (SSLSocket open = connect(first)) {
            assertThat(request(open)).startsWith("HTTP/1.1 200");
            replace(second);
            assertThat(served()).isEqualTo(first.certificate());

            edge.server().tend();
            edge.server().tend();

            assertThat(served()).isEqualTo(second.certificate());
            assertThat(request(open)).startsWith("HTTP/1.1 200");
            assertThat(((X509Certificate) open.getSession().getPeerCertificates()[0]))
                    .isEqualTo(first.certificate());
            HttpResponse<String> same = get(http2, "/api/v1/test/ok");
            assertThat(same.sslSession().orElseThrow().getPeerCertificates()[0]).isEqualTo(first.certificate());
            assertThat(get(client(second, HttpClient.Version.HTTP_2), "/api/v1/test/ok")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(metric("latchkey_tls_certificate_seconds_left"))
                .isBetween((double) Duration.ofDays(59).toSeconds(), (double)
                        Duration.ofDays(61).toSeconds());
    }

    @Test
    void aBrokenNewPairKeepsTheFormerAndIsTold() throws Exception {
        edge.start();
        try (Recording recording = new Recording()) {
            Files.writeString(
                    certificateFile,
                    TestCertificate.pem("CERTIFICATE", second.certificate().getEncoded()));
            touch();
            for (int i = 0; i < 4; i++) {
                edge.server().tend();
            }
            assertThat(served()).isEqualTo(first.certificate());
            assertThat(metric("latchkey_tls_certificate_refused")).isEqualTo(1);
            assertThat(recording.records).hasSize(1);
            assertThat(recording.records.getFirst().getParameters()[0].toString())
                    .contains("server.tls.key", "is not the key of the first certificate");

            Files.delete(keyFile);
            edge.server().tend();
            edge.server().tend();
            assertThat(served()).isEqualTo(first.certificate());

            second.writeTo(certificateFile, keyFile);
            touch();
            edge.server().tend();
            edge.server().tend();
            assertThat(served()).isEqualTo(second.certificate());
            assertThat(metric("latchkey_tls_certificate_refused")).isZero();
        }
    }

    @Test
    void whatIsNoTlsIsClosedAndNothingElseSuffers() throws Exception {
        edge.start();
        try (Recording recording = new Recording()) {
            for (String garbage :
                    List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\0\0\0\0", "x".repeat(70_000), "\26\3\1\377\377")) {
                try (Socket socket = raw(edge.port())) {
                    try {
                        socket.getOutputStream().write(garbage.getBytes(US_ASCII));
                        socket.shutdownOutput();
                        socket.getInputStream().readAllBytes();
                    } catch (IOException reset) {
                        // Closed while it was being sent to.
                    }
                }
            }
            assertThat(get(client(first, HttpClient.Version.HTTP_2), "/api/v1/test/ok")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(recording.records).isEmpty();
        }
    }

    @Test
    void aHandshakeThatDoesNotEndHoldsItsPlaceForHalfAMinute() throws Exception {
        edge.start();
        byte[] hello = clientHello(3);
        try (Socket silent = raw(edge.port());
                Socket begun = raw(edge.port());
                SSLSocket served = connect(first)) {
            begun.getOutputStream().write(hello, 0, 20);
            assertThat(request(served)).startsWith("HTTP/1.1 200");
            edge.server().tend();
            edge.clock.advance(ConnectionWatch.FIRST_REQUEST.plusMillis(1));
            edge.server().tend();
            assertThat(isClosed(silent)).isTrue();
            assertThat(isClosed(begun)).isTrue();
            assertThat(request(served)).startsWith("HTTP/1.1 200");
            assertThat(edge.closesIdle(served)).isTrue();
        }
    }

    @Test
    void plainHttpIsSentToThePublicUrl() throws Exception {
        edge.set("server.tls.redirect-port", "0").set("server.public-url", "https://login.example.com");
        edge.start();
        int port = edge.server().redirectPort().orElseThrow();
        HttpClient client = HttpClient.newHttpClient();
        for (String path : List.of("/", "/a/b?c=%20d&e", "//evil.example/x")) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .method("DELETE", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(308);
            assertThat(answer.headers().firstValue("Location")).contains("https://login.example.com" + path);
        }
    }

    @Test
    void theOperationsListenerSpeaksTlsWhenAsked() throws Exception {
        edge.set("operations.tls", "true").start();
        HttpResponse<String> answer = client(first, HttpClient.Version.HTTP_1_1)
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "https://localhost:" + edge.server().operationsPort() + "/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void anEncryptedKeyAndAWrongPairAreNamedAtTheStart() throws Exception {
        Files.writeString(keyFile, TestCertificate.pem("PRIVATE KEY", second.key()));
        assertThatThrownBy(edge::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(keyFile + " (server.tls.key) is not the key of the first certificate");
        Files.delete(certificateFile);
        assertThatThrownBy(edge::start)
                .hasMessageContaining(certificateFile + " (server.tls.certificate) does not exist");
        first.writeTo(certificateFile, keyFile);
        edge.start();
    }

    @Test
    void halfASetOfSettingsIsRefused() {
        assertThat(problems(Map.of("server.tls.key", "k.pem")))
                .singleElement()
                .asString()
                .contains("server.tls.certificate is missing");
        assertThat(problems(Map.of("server.tls.certificate", "c.pem")))
                .singleElement()
                .asString()
                .contains("server.tls.key is missing");
        assertThat(problems(Map.of("server.tls.redirect-port", "80", "operations.tls", "true")))
                .hasSize(2);
        assertThat(problems(Map.of(
                        "server.tls.certificate", "c", "server.tls.key", "k", "server.public-url", "http://a.example")))
                .singleElement()
                .asString()
                .contains("make it https:");
        assertThat(problems(Map.of())).isEmpty();
        HttpConfig config = HttpConfig.from(Settings.of(
                HttpConfig.settings(),
                Map.of("server.tls.certificate", "c", "server.tls.key", "k", "server.tls.key-passphrase", "planted")));
        assertThat(config.effectivePublicUrl()).hasToString("https://localhost:3001");
        assertThat(config.toString()).doesNotContain("planted");
    }

    private static List<String> problems(Map<String, String> values) {
        return HttpConfig.problems(Settings.of(HttpConfig.settings(), values));
    }

    private void replace(TestCertificate next) throws Exception {
        next.writeTo(certificateFile, keyFile);
        touch();
    }

    /** Two writes within a millisecond would look alike. */
    private void touch() throws IOException {
        FileTime later = FileTime.from(Instant.now().plusSeconds(10));
        Files.setLastModifiedTime(certificateFile, later);
        if (Files.exists(keyFile)) {
            Files.setLastModifiedTime(keyFile, later);
        }
    }

    private double metric(String name) {
        return edge.metrics
                .expose()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** The certificate that a new connection gets. */
    private X509Certificate served() throws Exception {
        for (TestCertificate it : List.of(first, second)) {
            try (SSLSocket socket = connect(it)) {
                socket.startHandshake();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            } catch (IOException another) {
                // It is the other one.
            }
        }
        throw new AssertionError("neither certificate is served");
    }

    private SSLSocket connect(TestCertificate trusted) throws IOException {
        SSLSocket socket = (SSLSocket)
                trusted.trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), edge.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static Socket raw(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** One request on a connection that stays open; the whole answer. */
    private static String request(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write("GET /api/v1/test/ok HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).isTrue();
        in.readNBytes(Integer.parseInt(length.group(1)));
        return head.toString();
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private HttpClient client(TestCertificate trusted, HttpClient.Version version) {
        return HttpClient.newBuilder()
                .sslContext(trusted.trusting())
                .version(version)
                .build();
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(HttpClient client, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + edge.port() + path);
    }

    /** A ClientHello of SSL 3.0 (minor 0) to TLS 1.2 (minor 3), without extensions. */
    private static byte[] clientHello(int minor) {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.write(3);
        hello.write(minor);
        hello.writeBytes(new byte[32]);
        hello.write(0);
        hello.writeBytes(new byte[] {0, 4, 0, 0x2f, (byte) 0xc0, 0x09});
        hello.writeBytes(new byte[] {1, 0});
        byte[] body = hello.toByteArray();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(new byte[] {22, 3, (byte) Math.min(minor, 1), 0, (byte) (body.length + 4)});
        record.writeBytes(new byte[] {1, 0, 0, (byte) body.length});
        record.writeBytes(body);
        return record.toByteArray();
    }

    /** Warnings and worse of anybody. */
    private static final class Recording extends Handler implements AutoCloseable {
        private static final Logger ROOT = Logger.getLogger("");
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        private Recording() {
            setLevel(Level.WARNING);
            ROOT.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                records.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            ROOT.removeHandler(this);
        }
    }
}
