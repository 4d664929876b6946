package dev.latchkey.core;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a request came from, after trusted proxies were taken off. */
public record ClientAddress(InetAddress address) {
    private static final int SUBSCRIBER_BYTES = 8;
    private static final int SITE_BYTES = 6;

    /** The address as digits; no name is ever looked up. */
    public String text() {
        return address.getHostAddress();
    }

    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** What limits count by: the IPv4 address, or the /64 network that one IPv6 subscriber holds. */
    public String limitKey() {
        return network(SUBSCRIBER_BYTES);
    }

    /**
     * What limits count by besides: the IPv4 address again, or the /48 network that one IPv6 site may hold, which has room for
     * 65 536 of what {@link #limitKey} tells apart.
     */
    public String siteLimitKey() {
        return network(SITE_BYTES);
    }

    private String network(int bytes) {
        if (!(address instanceof Inet6Address)) {
            return text();
        }
        byte[] whole = address.getAddress();
        byte[] network = Arrays.copyOf(Arrays.copyOf(whole, bytes), whole.length);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + bytes * Byte.SIZE;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
