package dev.latchkey.boot.doctor;

import java.net.URI;
import java.util.List;

/** Links in mails, cookies and tokens all follow the public URL. */
final class PublicUrl implements Check {
    @Override
    public String name() {
        return "public URL";
    }

    @Override
    public List<Finding> run(Installation installation) {
        URI url = installation.configuration().http().effectivePublicUrl();
        if ("https".equals(url.getScheme())) {
            return ok("People reach the server at " + url + ".");
        }
        if (!installation.isProduction()) {
            return ok("The server is for this machine, at " + url + ".");
        }
        return fail(
                url + " is not https: passwords, cookies and tokens cross the network in the clear. Set"
                        + " server.public-url to an https address, with a proxy that speaks TLS or with server.tls.certificate.");
    }
}
