package dev.latchkey.password;

import dev.latchkey.core.ClientAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Client addresses for tests. */
final class Addresses {
    private Addresses() {}

    /** One of 65 536 addresses that count apart. */
    static ClientAddress number(int number) {
        return of("198.18." + (number >> 8 & 0xFF) + "." + (number & 0xFF));
    }

    static ClientAddress of(String digits) {
        try {
            return new ClientAddress(InetAddress.getByName(digits));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
