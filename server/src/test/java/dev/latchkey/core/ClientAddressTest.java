package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    @Test
    @DisplayName("S1-39 limits count an IPv6 subscriber by the /64 and the site by the /48, IPv4 by the address")
    void limitKeys() throws UnknownHostException {
        ClientAddress six = new ClientAddress(InetAddress.getByName("2001:db8:1:2:3:4:5:6"));
        assertThat(six.limitKey()).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(six.siteLimitKey()).isEqualTo("2001:db8:1:0:0:0:0:0/48");
        ClientAddress four = new ClientAddress(InetAddress.getByName("192.0.2.7"));
        assertThat(four.limitKey()).isEqualTo("192.0.2.7");
        assertThat(four.siteLimitKey()).isEqualTo("192.0.2.7");
    }
}
