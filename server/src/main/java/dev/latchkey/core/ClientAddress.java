package dev.latchkey.core;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a request came from, after trusted proxies were taken off. */
public record ClientAddress(InetAddress address) {
    private static final int NETWORK_BYTES = 8;

    /** The address as digits; no name is ever looked up. */
    public String text() {
        return address.getHostAddress();
    }

    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** What limits count by: the IPv4 address, or the /64 network that one IPv6 subscriber holds. */
    public String limitKey() {
        if (!(address instanceof Inet6Address)) {
            return text();
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 2 * NETWORK_BYTES);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
