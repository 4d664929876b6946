package dev.latchkey.boot.doctor;

import java.util.List;

/** Only over https can a cookie have the name that keeps others from planting it. */
final class Cookies implements Check {
    @Override
    public String name() {
        return "cookies";
    }

    @Override
    public List<Finding> run(Installation installation) {
        boolean https = "https"
                .equals(installation.configuration().http().effectivePublicUrl().getScheme());
        if (https) {
            return ok("Session cookies are Secure and named __Host-.");
        }
        return installation.isProduction()
                ? fail("Session cookies are neither Secure nor named __Host-, because the public URL is not https.")
                : ok("Session cookies are those of development, without Secure.");
    }
}
