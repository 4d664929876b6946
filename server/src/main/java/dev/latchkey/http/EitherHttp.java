package dev.latchkey.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Which HTTP a connection speaks. Whatever does not begin as HTTP/2 is HTTP/1.1's, which answers what it does not understand
 * instead of closing silently. There is no way from one to the other within a connection (Upgrade: h2c), for proxies that pass
 * it on lose sight of what follows.
 */
final class EitherHttp {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_PROLOGUE = 8 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_STREAMS = 100;

    private EitherHttp() {}

    static List<ServerConnectionSelector> http1() {
        return List.of(first());
    }

    static List<ServerConnectionSelector> http1And2() {
        return List.of(
                Http2ConnectionSelector.builder()
                        .http2Config(Http2Config.builder()
                                .maxHeaderListSize(MAX_HEADERS)
                                .maxConcurrentStreams(MAX_STREAMS)
                                .build())
                        .build(),
                new Otherwise(first()));
    }

    private static ServerConnectionSelector first() {
        return Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(MAX_PROLOGUE)
                        .maxHeadersSize(MAX_HEADERS)
                        .build())
                .build();
    }

    private record Otherwise(ServerConnectionSelector http1) implements ServerConnectionSelector {
        @Override
        public int bytesToIdentifyConnection() {
            return 0;
        }

        @Override
        public Support supports(BufferData data) {
            int known = Math.min(data.available(), PREFACE.length);
            for (int i = 0; i < known; i++) {
                if (data.read() != PREFACE[i]) {
                    return Support.SUPPORTED;
                }
            }
            return Support.UNKNOWN;
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return http1.supportedApplicationProtocols();
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return http1.connection(context);
        }
    }
}
