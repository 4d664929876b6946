package dev.latchkey.boot.doctor;

import dev.latchkey.http.AddressRange;
import dev.latchkey.http.HttpConfig;
import java.util.List;

/** Behind a proxy that is not trusted everybody has the proxy's address; one trusted too widely lets anyone choose theirs. */
final class Proxies implements Check {
    private static final int WIDEST_IPV4 = 8;
    private static final int WIDEST_IPV6 = 16;

    @Override
    public String name() {
        return "proxies";
    }

    @Override
    public List<Finding> run(Installation installation) {
        HttpConfig http = installation.configuration().http();
        boolean behindProxy = "https".equals(http.effectivePublicUrl().getScheme())
                && http.https().isEmpty();
        if (behindProxy && http.trustedProxies().isEmpty()) {
            return warn(
                    "A proxy speaks TLS for this server and is not named in server.trusted-proxies: everyone shares its"
                            + " address, and so one rate limit and one entry of admin.allowed-addresses. Name its address.");
        }
        List<AddressRange> wide = http.trustedProxies().stream()
                .filter(range ->
                        range.prefixLength() < (range.network().getAddress().length == 4 ? WIDEST_IPV4 : WIDEST_IPV6))
                .toList();
        if (!wide.isEmpty()) {
            return fail("server.trusted-proxies holds " + wide.getFirst()
                    + ": nearly anyone may then say which address they have, and limits and locks are void. Name your own"
                    + " proxies only.");
        }
        return http.trustedProxies().isEmpty()
                ? ok("No proxy is between, and none is believed.")
                : ok(http.trustedProxies().size() + " proxies or networks of them are believed.");
    }
}
