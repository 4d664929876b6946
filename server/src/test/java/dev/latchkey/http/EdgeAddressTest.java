package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeAddressTest {
    private static TestEdge edge() {
        TestEdge edge = TestEdge.create();
        edge.api()
                .get(
                        "/ip",
                        Access.anyone(),
                        request -> Reply.ok(request.context().address().text()));
        edge.api().get("/admin", Access.role("ADMIN"), request -> Reply.ok("in"));
        return edge;
    }

    @Test
    @DisplayName("R13 nobody but a trusted proxy names the client's address")
    void spoofing() {
        try (TestEdge edge = edge().start()) {
            assertThat(edge.get("/api/v1/test/ip", "X-Forwarded-For", "203.0.113.9")
                            .body())
                    .contains("\"data\":\"127.0.0.1\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9|203.0.113.9",
                "6.6.6.6, 203.0.113.9|203.0.113.9",
                "6.6.6.6, 203.0.113.9, 10.1.2.3|203.0.113.9",
                "203.0.113.9:4711, 10.1.2.3|203.0.113.9",
                "10.9.9.9, 10.1.2.3|10.9.9.9",
                "2001:db8::7|2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]:443|2001:db8:0:0:0:0:0:7",
                "::ffff:203.0.113.9|203.0.113.9",
                "6.6.6.6, unknown, 10.1.2.3|10.1.2.3",
                "localhost|127.0.0.1",
                "1.2.3|127.0.0.1",
                "fe80::1%eth0|127.0.0.1"
            })
    void theChainIsBelievedFromTheRightWhileItIsTrusted(String header, String client) {
        try (TestEdge edge = edge().set("server.trusted-proxies", "127.0.0.0/8,::1,10.0.0.0/8")
                .start()) {
            assertThat(edge.get("/api/v1/test/ip", "X-Forwarded-For", header).body())
                    .contains("\"data\":\"" + client + "\"");
        }
    }

    @Test
    void onlyTheConfiguredHeaderIsRead() {
        try (TestEdge edge = edge().set("server.trusted-proxies", "127.0.0.1")
                .set("server.forwarded-header", "forwarded")
                .start()) {
            String both = edge.get(
                            "/api/v1/test/ip",
                            "Forwarded",
                            "for=6.6.6.6, for=\"[2001:db8::1]:80\";proto=https",
                            "X-Forwarded-For",
                            "7.7.7.7")
                    .body();
            assertThat(both).contains("\"data\":\"2001:db8:0:0:0:0:0:1\"");
        }
    }

    @Test
    @DisplayName("S3-10 administration only from listed addresses; loopback too in development")
    void adminAddresses() {
        try (TestEdge edge = edge().set("admin.allowed-addresses", "192.0.2.0/24")
                .set("server.trusted-proxies", "127.0.0.1")
                .start()) {
            assertThat(admin(edge).statusCode()).isEqualTo(200);
            assertThat(admin(edge, "X-Forwarded-For", "192.0.2.77").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> stranger = admin(edge, "X-Forwarded-For", "192.0.3.1");
            assertThat(stranger.statusCode()).isEqualTo(403);
            assertThat(stranger.body()).contains("FORBIDDEN");
        }
        try (TestEdge production = edge().production()
                .set("admin.allowed-addresses", "192.0.2.0/24")
                .start()) {
            assertThat(admin(production).statusCode()).isEqualTo(403);
        }
        try (TestEdge off = edge().production()
                .set("admin.allowed-addresses", "192.0.2.0/24")
                .set("admin.restrict-addresses", "false")
                .start()) {
            assertThat(admin(off).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.1.2,true",
        "10.0.0.0/8,11.0.0.1,false",
        "10.0.0.0/9,10.128.0.0,false",
        "10.0.0.0/9,10.127.255.255,true",
        "0.0.0.0/0,203.0.113.9,true",
        "0.0.0.0/0,::1,false",
        "192.0.2.7,192.0.2.7,true",
        "192.0.2.7,192.0.2.8,false",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false"
    })
    void ranges(String range, String address, boolean inside) {
        assertThat(AddressRange.parse(range)
                        .orElseThrow()
                        .contains(AddressText.parse(address).orElseThrow()))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0/8",
                "::1/129",
                "1",
                "1.2.3.4.5",
                "0x7f.1.1.1"
            })
    void whatIsNoRange(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    private static HttpResponse<String> admin(TestEdge edge, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer admin";
        return edge.get("/api/v1/test/admin", all);
    }
}
