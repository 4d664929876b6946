package dev.latchkey.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection may bring, byte by byte. */
class ConnectionsTest {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int END_STREAM_AND_HEADERS = 5;

    private record Frame(int type, int stream, byte[] payload) {}

    private final TestEdge edge = TestEdge.create();

    @BeforeEach
    void configure() {
        edge.api().get("/ok", Access.anyone(), request -> Reply.ok("x"));
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void http10IsAnsweredAndToldWhatToDo() {
        edge.start();
        for (String request : new String[] {"GET /health/live HTTP/1.0\r\n\r\n", "OPTIONS / HTTP/1.0\r\n\r\n"}) {
            assertThat(edge.raw(request))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("HTTP/1.0 is not spoken here. Use HTTP/1.1");
        }
    }

    @Test
    void http10IsAnsweredBesideHttp2Too() {
        edge.set("server.h2c", "true").start();
        assertThat(edge.raw("GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(edge.rawGet("/health/live")).startsWith("HTTP/1.1 200 ");
        assertThat(edge.raw("PRI * HTTP/3.0\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(edge.raw("garbage\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void http2WithoutTlsIsOffUnlessAskedForAndNeverAnUpgrade() throws IOException {
        edge.start();
        assertThat(edge.raw(PREFACE)).startsWith("HTTP/1.1 400 ");
        edge.close();
        edge.set("server.h2c", "true").start();
        try (Socket socket = open()) {
            socket.getOutputStream().write(preface());
            assertThat(read(socket).type()).isEqualTo(SETTINGS);
        }
        assertThat(edge.rawGet(
                        "/health/live",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
                        "Connection: Upgrade, HTTP2-Settings"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void streamsThatAreOpenedAndResetEndTheirConnection() throws IOException {
        edge.set("server.h2c", "true").start();
        try (Socket socket = open()) {
            socket.getOutputStream().write(preface());
            Frame last = read(socket);
            try {
                for (int stream = 1; stream < 4001; stream += 2) {
                    socket.getOutputStream().write(requestAndReset(stream));
                }
            } catch (SocketException closed) {
                // Which is what should happen; what it said before is read below.
            }
            try {
                while (last.type() != GOAWAY) {
                    last = read(socket);
                }
                assertThat(last.payload()[7]).isEqualTo((byte) ENHANCE_YOUR_CALM);
            } catch (EOFException | SocketException closedAtOnce) {
                // The reset of a connection may overtake its last frame.
            }
        }
        assertThat(edge.rawGet("/health/live")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoeverBringsNoWholeRequestIsClosed() throws IOException {
        edge.start();
        try (Socket silent = open();
                Socket dripping = open();
                Socket second = open()) {
            dripping.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nA: ".getBytes(US_ASCII));
            second.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(second.getInputStream().read()).isEqualTo('H');
            second.getOutputStream().write("GET / HTTP/1.1\r\nA: ".getBytes(US_ASCII));
            edge.server().tend();
            edge.clock.advance(ConnectionWatch.FIRST_REQUEST.plusMillis(1));
            edge.server().tend();
            assertThat(rest(silent)).isEmpty();
            assertThat(rest(dripping)).doesNotContain("200");
            assertThat(second.getInputStream().readNBytes(20)).isNotEmpty();
            assertThat(edge.closesIdle(second)).isTrue();
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String rest(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SocketException reset) {
            return "";
        } catch (IOException stillOpen) {
            throw new AssertionError("the connection was not closed", stillOpen);
        }
    }

    private static byte[] preface() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PREFACE.getBytes(US_ASCII));
        bytes.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        return bytes.toByteArray();
    }

    /** RFC 7541: GET, http and / of the static table, and an authority that is a literal. */
    private static byte[] requestAndReset(int stream) {
        byte[] headers = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame(HEADERS, END_STREAM_AND_HEADERS, stream, headers));
        bytes.writeBytes(frame(RESET, 0, stream, new byte[] {0, 0, 0, 8}));
        return bytes.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        byte[] head = {
            0,
            (byte) (payload.length >> 8),
            (byte) payload.length,
            (byte) type,
            (byte) flags,
            0,
            (byte) (stream >> 16),
            (byte) (stream >> 8),
            (byte) stream
        };
        byte[] frame = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, frame, head.length, payload.length);
        return frame;
    }

    private static Frame read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int lengthAndType = in.readInt();
        in.readByte();
        int stream = in.readInt();
        return new Frame(lengthAndType & 0xff, stream, in.readNBytes(lengthAndType >>> 8));
    }
}
