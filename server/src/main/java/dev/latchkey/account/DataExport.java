package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.EventId;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.passkey.PasskeyService;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.session.KnownBrowser;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.SessionService;
import dev.latchkey.totp.TotpService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import dev.latchkey.user.UserView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A copy of what is kept about a person, for that person. Never a secret: nothing in it signs anybody in. */
public final class DataExport {
    private static final int MOST_EVENTS = 5000;
    private static final int EVENTS_PER_READ = 500;

    /**
     * The copy; times are ISO 8601 in UTC.
     *
     * @param browsers that logins were completed in, also those that pass for the second factor
     * @param phone that codes are texted to
     * @param history newest first
     * @param historyComplete whether there are no older events than the last one here
     */
    public record Copy(
            String exportedAt,
            UserView user,
            List<AccountAnswers.ConsentView> consents,
            List<AccountAnswers.SessionView> sessions,
            List<Browser> browsers,
            List<Factor> passkeys,
            List<Factor> authenticators,
            Optional<String> phone,
            List<SecurityHistory.Entry> history,
            boolean historyComplete) {}

    /** A passkey or authenticator app; times are ISO 8601 in UTC. */
    public record Factor(String id, String name, String createdAt, Optional<String> lastUsedAt) {
        static Factor of(String id, String name, Instant created, Optional<Instant> lastUsed) {
            return new Factor(id, name, created.toString(), lastUsed.map(Instant::toString));
        }
    }

    /**
     * A browser that the person is known by; times are ISO 8601 in UTC.
     *
     * @param trustedUntil until when it was promised to pass for the second factor, where it does
     */
    public record Browser(
            String device, String userAgent, String since, String lastSeenAt, Optional<String> trustedUntil) {
        static Browser of(KnownBrowser browser) {
            return new Browser(
                    browser.device(),
                    browser.userAgent(),
                    browser.since().toString(),
                    browser.lastSeen().toString(),
                    browser.trustedUntil().map(Instant::toString));
        }
    }

    private final Database database;
    private final UserService users;
    private final SessionService sessions;
    private final PasskeyService passkeys;
    private final TotpService totp;
    private final PhoneService phones;
    private final KnownDevices devices;
    private final SecurityHistory history;
    private final AuditService audit;
    private final Clock clock;

    public DataExport(
            Database database,
            UserService users,
            SessionService sessions,
            PasskeyService passkeys,
            TotpService totp,
            PhoneService phones,
            KnownDevices devices,
            SecurityHistory history,
            AuditService audit,
            Clock clock) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.totp = totp;
        this.phones = phones;
        this.devices = devices;
        this.history = history;
        this.audit = audit;
        this.clock = clock;
    }

    /** Is itself an event: whoever stole a session could take the copy too. */
    public Copy copy(Principal.SignedIn principal, RequestContext context) {
        database.tx(tx -> {
            if (!users.guard(tx, principal.user(), principal.epoch())) {
                throw gone();
            }
            audit.record(tx, SecurityEvent.of(EventType.DATA_EXPORTED, context).byUser(principal.user()));
            return principal;
        });
        SecurityHistory.Page events = events(principal, context);
        return database.read(sql -> copy(sql, principal, events));
    }

    private Copy copy(Sql sql, Principal.SignedIn principal, SecurityHistory.Page events) {
        User user = users.byId(sql, principal.user()).orElseThrow(DataExport::gone);
        return new Copy(
                clock.instant().toString(),
                UserView.of(user),
                users.consents(sql, user.id()).stream()
                        .map(AccountAnswers.ConsentView::of)
                        .toList(),
                sessions.list(sql, user.id()).stream()
                        .map(session -> AccountAnswers.SessionView.of(
                                session, session.id().equals(principal.session())))
                        .toList(),
                devices.browsers(sql, user.id()).stream().map(Browser::of).toList(),
                passkeys.list(sql, user.id()).stream()
                        .map(key -> Factor.of(key.id().value(), key.name(), key.createdAt(), key.lastUsedAt()))
                        .toList(),
                totp.devices(sql, user.id()).stream()
                        .map(app -> Factor.of(app.id().value(), app.name(), app.createdAt(), app.lastUsedAt()))
                        .toList(),
                phones.find(sql, user.id()).map(phone -> phone.number().value()),
                events.entries(),
                events.next().isEmpty());
    }

    private SecurityHistory.Page events(Principal.SignedIn principal, RequestContext context) {
        List<SecurityHistory.Entry> entries = new ArrayList<>();
        Optional<EventId> from = Optional.empty();
        do {
            SecurityHistory.Page page = history.page(principal, from, EVENTS_PER_READ, context);
            entries.addAll(page.entries());
            from = page.next();
        } while (from.isPresent() && entries.size() < MOST_EVENTS);
        return new SecurityHistory.Page(entries, from);
    }

    private static Problem gone() {
        return Problem.of(ErrorCode.TOKEN_REVOKED);
    }
}
