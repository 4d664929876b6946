package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.MutableClock;
import dev.latchkey.crypto.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BreachLookupTest {
    /** SHA-1: 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8. */
    private static final String LEAKED = "password";

    private static final String LEAKED_LINE = "1E4C9B93F3F0682250B6CF8331B7EE68FD8:10434004";
    private static final String OTHER_LINE = "0018A45C4D1DEF81644B54AB7F969B88D65:1";

    private final MutableClock clock = new MutableClock();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer service;
    private BreachLookup lookup;
    private volatile Answer answer = exchange -> {};

    private interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(threads);
        service.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " padding="
                    + exchange.getRequestHeaders().getFirst("Add-Padding"));
            answer.write(exchange);
            exchange.close();
        });
        service.start();
        lookup = new BreachLookup(url(), Duration.ofSeconds(10), clock);
    }

    @AfterEach
    void stop() {
        release.countDown();
        lookup.close();
        service.stop(0);
        threads.close();
    }

    @Test
    @DisplayName("V6-2.12 S1-37 a leaked password is found by five digits of its SHA-1, asked for with padding")
    void findsLeaked() {
        answers(200, OTHER_LINE + "\r\n" + LEAKED_LINE + "\r\n");
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.FOUND);
        assertThat(asked).containsExactly("/range/5BAA6 padding=true");
    }

    @Test
    @DisplayName("S1-37 a password that is not listed, or only as padding, is clear")
    void clearsOthers() {
        answers(200, OTHER_LINE + "\r\n" + "1E4C9B93F3F0682250B6CF8331B7EE68FD8:0");
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.CLEAR);
        answers(200, "");
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.CLEAR);
    }

    @Test
    @DisplayName("a failed look-up is one line in the log that names the cause")
    void tellsTheCause() {
        List<LogRecord> logged = new ArrayList<>();
        Logger logger = Logger.getLogger(BreachLookup.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            answers(503, "");
            assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged).singleElement().satisfies(record -> {
            assertThat(new SimpleFormatter().formatMessage(record))
                    .doesNotContain("{0}")
                    .contains("503");
            assertThat(record.getThrown()).isNull();
        });
    }

    @Test
    @DisplayName("S1-37 fails open on an error status, a redirect and a closed connection")
    void failsOpen() {
        answers(503, "");
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        };
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
        assertThat(asked).noneMatch(request -> request.startsWith("/elsewhere"));
        answer = exchange -> {
            throw new IOException("planted");
        };
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
    }

    @Test
    @DisplayName("fails open on an endless answer instead of reading it")
    void boundsTheAnswer() {
        byte[] line = (OTHER_LINE + "\r\n").repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(line);
            }
        };
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
    }

    @Test
    @DisplayName("fails open within the timeout when the answer stalls after its headers")
    void boundsTheWait() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('0');
            exchange.getResponseBody().flush();
            await();
        };
        try (BreachLookup impatient = new BreachLookup(url(), Duration.ofMillis(200), clock)) {
            assertThat(impatient.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
        }
    }

    @Test
    @DisplayName("after three failures the service is left alone for a minute, then one caller tries")
    void breaksTheCircuit() {
        answers(500, "");
        for (int i = 0; i < 10; i++) {
            assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
        }
        assertThat(asked).hasSize(3);
        clock.advance(Duration.ofMinutes(1));
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.UNAVAILABLE);
        assertThat(asked).hasSize(4);
        clock.advance(Duration.ofMinutes(1));
        answers(200, LEAKED_LINE);
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.FOUND);
        assertThat(lookup.look(LEAKED)).isEqualTo(BreachAnswer.FOUND);
    }

    @Test
    @DisplayName("S1-37 the judgement says breached, clear, unavailable or not asked")
    void judges() {
        String strong = "vivid-otter-juggles-nine-lamps";
        try (PasswordService passwords = passwords()) {
            answers(200, OTHER_LINE);
            PasswordJudgement clear = judge(passwords, strong);
            assertThat(clear.errors()).isEmpty();
            assertThat(clear.breach()).isEqualTo(BreachAnswer.CLEAR);
            answers(500, "");
            PasswordJudgement open = judge(passwords, strong);
            assertThat(open.acceptable()).isTrue();
            assertThat(open.breach()).isEqualTo(BreachAnswer.UNAVAILABLE);
            answers(200, "%s:3".formatted(suffix(strong)));
            PasswordJudgement leaked = judge(passwords, strong);
            assertThat(leaked.errors()).extracting(FieldError::code).containsExactly("breached");
            assertThat(leaked.breach()).isEqualTo(BreachAnswer.FOUND);
            asked.clear();
            assertThat(judge(passwords, "short").breach()).isEqualTo(BreachAnswer.NOT_ASKED);
            assertThat(passwords
                            .judge(
                                    PasswordPolicy.CLASSIC,
                                    "password",
                                    "SecurePass123",
                                    PasswordOwner.UNKNOWN,
                                    Addresses.number(1))
                            .breach())
                    .isEqualTo(BreachAnswer.NOT_ASKED);
            assertThat(asked).isEmpty();
        }
    }

    private static PasswordJudgement judge(PasswordService passwords, String password) {
        return passwords.judge("password", password, PasswordOwner.UNKNOWN, Addresses.number(1));
    }

    private PasswordService passwords() {
        PasswordConfig defaults = PasswordConfig.defaults();
        PasswordConfig config = new PasswordConfig(
                defaults.policy(),
                defaults.argon2(),
                defaults.hashing(),
                true,
                url(),
                Duration.ofSeconds(10),
                List.of());
        return new PasswordService(config, new Secrets(clock), clock);
    }

    private void answers(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        answer = exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/range/");
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String suffix(String password) {
        return BreachLookup.sha1(password).substring(5);
    }
}
