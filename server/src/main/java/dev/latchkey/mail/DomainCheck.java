package dev.latchkey.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a receiver looks up of the domain that our mails come from: SPF (RFC 7208), DMARC (RFC 7489), and where answers go. */
final class DomainCheck {
    private final DnsText dns;

    DomainCheck(DnsText dns) {
        this.dns = dns;
    }

    List<MailStep> run(String domain) {
        Optional<List<String>> text = dns.records(domain, "TXT");
        if (text.isEmpty()) {
            return List.of(MailStep.warning(
                    "Sender",
                    "The DNS records of " + domain
                            + " cannot be looked up from here. Check elsewhere that it has SPF and DMARC."));
        }
        List<MailStep> steps = new ArrayList<>();
        steps.add(bounces(domain));
        steps.add(spf(domain, text.get()));
        steps.add(dmarc(domain));
        return steps;
    }

    private MailStep bounces(String domain) {
        boolean mail = !dns.records(domain, "MX").orElse(List.of()).isEmpty();
        boolean host = mail
                || !dns.records(domain, "A").orElse(List.of()).isEmpty()
                || !dns.records(domain, "AAAA").orElse(List.of()).isEmpty();
        return host
                ? MailStep.ok("Sender", domain + " takes mail, so bounces can come back.")
                : MailStep.warning(
                        "Sender",
                        domain
                                + " has no MX record: bounces get lost, and many servers refuse mail from such a domain. Check"
                                + " mail.from.");
    }

    private static MailStep spf(String domain, List<String> text) {
        List<String> records = text.stream()
                .filter(record -> record.toLowerCase(Locale.ROOT).startsWith("v=spf1"))
                .toList();
        if (records.isEmpty()) {
            return MailStep.warning(
                    "SPF",
                    domain
                            + " has no SPF record, so anyone can send in its name and our mails look like theirs. Add a TXT"
                            + " record that names your mail server, such as \"v=spf1 include:… -all\".");
        }
        if (records.size() > 1) {
            return MailStep.warning(
                    "SPF", domain + " has " + records.size() + " SPF records, which counts as none. Keep one.");
        }
        String record = records.getFirst();
        if (record.contains("+all") || record.endsWith(" all")) {
            return MailStep.warning(
                    "SPF", "The SPF record of " + domain + " allows every server: end it with -all or ~all.");
        }
        return MailStep.ok("SPF", record + "  – see that it covers your mail server.");
    }

    private MailStep dmarc(String domain) {
        Optional<String> own = dmarcOf(domain);
        int dot = domain.indexOf('.');
        Optional<String> record = own.isPresent() || dot < 0 || domain.indexOf('.', dot + 1) < 0
                ? own
                : dmarcOf(domain.substring(dot + 1));
        if (record.isEmpty()) {
            return MailStep.warning(
                    "DMARC",
                    domain + " has no DMARC record. Large providers want one: a TXT record at _dmarc." + domain
                            + ", such as \"v=DMARC1; p=quarantine\".");
        }
        if (record.get().replace(" ", "").contains("p=none")) {
            return MailStep.warning(
                    "DMARC",
                    record.get() + "  – p=none only watches; forged mails in your name arrive. Go on to p=quarantine.");
        }
        return MailStep.ok("DMARC", record.get());
    }

    private Optional<String> dmarcOf(String domain) {
        return dns.records("_dmarc." + domain, "TXT").orElse(List.of()).stream()
                .filter(record -> record.startsWith("v=DMARC1"))
                .findFirst();
    }
}
