package dev.latchkey.mail;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Asks the DNS for records of a name. For commands: it loads the JDK's naming service. */
final class DnsText {
    private final String resolver;

    /** @param resolver {@code dns://host:port}; empty for those of this machine */
    DnsText(String resolver) {
        this.resolver = resolver;
    }

    /** The records of this type, none where there are none; empty where the DNS cannot be asked. */
    // The DNS provider answers strings and nothing that is deserialized; its constructor takes no newer map.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    Optional<List<String>> records(String name, String type) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", "1000");
        environment.put("com.sun.jndi.dns.timeout.retries", "3");
        if (!resolver.isEmpty()) {
            environment.put(Context.PROVIDER_URL, resolver);
        }
        try {
            InitialDirContext context = new InitialDirContext(environment);
            try {
                Attribute found =
                        context.getAttributes(name, new String[] {type}).get(type);
                return Optional.of(found == null ? List.of() : values(found));
            } finally {
                context.close();
            }
        } catch (NameNotFoundException absent) {
            return Optional.of(List.of());
        } catch (NamingException cannotAsk) {
            return Optional.empty();
        }
    }

    private static List<String> values(Attribute found) throws NamingException {
        List<String> values = new ArrayList<>();
        NamingEnumeration<?> all = found.getAll();
        while (all.hasMore()) {
            // A long record comes as several quoted pieces that belong together (RFC 7208 section 3.3).
            values.add(String.valueOf(all.next()).replace("\" \"", "").replace("\"", ""));
        }
        return values;
    }
}
