package dev.latchkey.transfer;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.password.PasswordService;
import dev.latchkey.user.PortableUser;
import dev.latchkey.user.Roles;
import dev.latchkey.user.TokenSubject;
import dev.latchkey.user.UserService;
import dev.latchkey.user.UserStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes users in from a file, many a transaction. What was committed stays if the rest is never read. */
public final class UserImport {
    /** Small enough that a server on the same SQLite file hardly notices that it waits. */
    private static final int BATCH = 200;

    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final AuditService audit;
    private final UserUpdate update;
    private final Clock clock;

    public UserImport(
            Database database, UserService users, PasswordService passwords, AuditService audit, Clock clock) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.audit = audit;
        this.update = new UserUpdate(users, passwords, audit);
        this.clock = clock;
    }

    /**
     * Reads the file to its end.
     *
     * @throws UserFileException when nothing of the file can be used; nothing was written then
     * @throws IOException when it cannot be read on
     */
    public ImportReport run(
            TenantId tenant, InputStream file, FileFormat format, ImportOptions options, ImportListener listener)
            throws IOException {
        return new Run(tenant, UserRows.of(format, file, options.ignoreUnknown()), options, listener).toTheEnd();
    }

    private record Waiting(FileRow row, ReadUser user, UserId id) {}

    /** One pass over one file. */
    private final class Run {
        private final TenantId tenant;
        private final UserRows rows;
        private final ImportOptions options;
        private final ImportListener listener;
        private final RowReader reader = new RowReader(passwords::importComplaint, clock.instant());
        private final Duplicates duplicates = new Duplicates();
        private final List<Waiting> batch = new ArrayList<>(BATCH);
        private long created = 0;
        private long updated = 0;
        private long present = 0;
        private long rejected = 0;

        Run(TenantId tenant, UserRows rows, ImportOptions options, ImportListener listener) {
            this.tenant = tenant;
            this.rows = rows;
            this.options = options;
            this.listener = listener;
        }

        ImportReport toTheEnd() throws IOException {
            for (Optional<FileRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                take(row.get());
                if (batch.size() == BATCH) {
                    write();
                }
            }
            write();
            return new ImportReport(created, updated, present, rejected);
        }

        private void take(FileRow row) {
            switch (row) {
                case FileRow.Unreadable broken -> reject(row, sentence(broken.complaint()));
                case FileRow.Fields fields -> {
                    try {
                        ReadUser user = reader.read(fields.values());
                        Optional<String> twin = duplicates.complaint(user);
                        if (twin.isPresent()) {
                            reject(row, twin.get());
                        } else {
                            batch.add(new Waiting(row, user, user.id().orElseGet(users::newId)));
                        }
                    } catch (Problem invalid) {
                        reject(
                                row,
                                invalid.details().stream().map(Run::complaint).collect(Collectors.joining(" ")));
                    }
                }
            }
        }

        private void write() {
            if (batch.isEmpty()) {
                return;
            }
            long start = System.nanoTime();
            List<RowOutcome> outcomes = options.dryRun() ? database.read(this::foreseen) : database.bulk(this::apply);
            for (int at = 0; at < batch.size(); at++) {
                count(batch.get(at).row(), outcomes.get(at));
            }
            batch.clear();
            listener.done(created + updated + present + rejected);
            listener.paused(Duration.ofNanos(System.nanoTime() - start));
        }

        private List<RowOutcome> foreseen(Sql sql) {
            Matching matching = matching(sql);
            return batch.stream()
                    .map(waiting -> foreseen(matching.of(waiting.user())))
                    .toList();
        }

        private RowOutcome foreseen(Matching.Match match) {
            return switch (match) {
                case Matching.New ignored -> new RowOutcome.Created();
                case Matching.Unclear unclear -> new RowOutcome.Rejected(unclear.because());
                case Matching.Same ignored -> options.update() ? new RowOutcome.Updated() : new RowOutcome.Present();
            };
        }

        private List<RowOutcome> apply(Tx tx) {
            Matching matching = matching(tx);
            RowOutcome[] outcomes = new RowOutcome[batch.size()];
            List<Integer> fresh = new ArrayList<>();
            for (int at = 0; at < outcomes.length; at++) {
                switch (matching.of(batch.get(at).user())) {
                    case Matching.New ignored -> fresh.add(at);
                    case Matching.Unclear unclear -> outcomes[at] = new RowOutcome.Rejected(unclear.because());
                    case Matching.Same same ->
                        outcomes[at] = options.update()
                                ? update.apply(
                                        tx, tenant, same.user(), batch.get(at).user())
                                : new RowOutcome.Present();
                }
            }
            Set<UserId> inserted = insert(tx, fresh.stream().map(batch::get).toList());
            fresh.forEach(
                    at -> outcomes[at] = inserted.contains(batch.get(at).id())
                            ? new RowOutcome.Created()
                            : new RowOutcome.Rejected(
                                    "Its id or e-mail address was taken by somebody else just now, or the address"
                                            + " belonged to a user who changed it less than a week ago. Import the row again later."));
            return Arrays.asList(outcomes);
        }

        private Set<UserId> insert(Tx tx, List<Waiting> fresh) {
            if (fresh.isEmpty()) {
                return Set.of();
            }
            Instant now = clock.instant();
            List<PortableUser> wanted =
                    fresh.stream().map(waiting -> account(waiting, now)).toList();
            Set<UserId> inserted = users.portable().insertAll(tx, wanted).stream()
                    .map(PortableUser::id)
                    .collect(Collectors.toSet());
            Map<UserId, String> hashes = new HashMap<>();
            for (Waiting waiting : fresh) {
                if (inserted.contains(waiting.id())) {
                    waiting.user().passwordHash().ifPresent(hash -> hashes.put(waiting.id(), hash));
                }
            }
            passwords.importAll(tx, hashes);
            Map<UserId, TokenSubject> subjects = users.tokenSubjects(tx, inserted);
            audit.recordAll(
                    tx,
                    wanted.stream()
                            .filter(user -> inserted.contains(user.id()))
                            .map(this::imported)
                            .toList(),
                    user -> Optional.ofNullable(subjects.get(user)).map(TokenSubject::salt));
            return inserted;
        }

        private SecurityEvent imported(PortableUser user) {
            return SecurityEvent.of(EventType.USER_IMPORTED, tenant, Actor.operator())
                    .about(user.id())
                    .with(
                            Detail.ROLES,
                            String.join(" ", user.roles().stream().sorted().toList()));
        }

        private PortableUser account(Waiting waiting, Instant now) {
            ReadUser user = waiting.user();
            return new PortableUser(
                    waiting.id(),
                    tenant,
                    user.sourceId(),
                    user.email(),
                    user.emailVerifiedAt()
                            .or(() -> user.emailVerified().filter(yes -> yes).map(yes -> now)),
                    user.profile(),
                    user.roles().orElse(Set.of(Roles.USER)),
                    user.status().orElse(UserStatus.ACTIVE),
                    user.userMetadata().orElse("{}"),
                    user.appMetadata().orElse("{}"),
                    user.createdAt().orElse(now),
                    user.updatedAt().or(user::createdAt).orElse(now));
        }

        private Matching matching(Sql sql) {
            return new Matching(users.portable()
                    .known(
                            sql,
                            tenant,
                            batch.stream()
                                    .flatMap(it -> it.user().id().stream())
                                    .toList(),
                            batch.stream().map(it -> it.user().email().folded()).toList(),
                            batch.stream()
                                    .flatMap(it -> it.user().sourceId().stream())
                                    .toList()));
        }

        private void count(FileRow row, RowOutcome outcome) {
            switch (outcome) {
                case RowOutcome.Created ignored -> created++;
                case RowOutcome.Updated ignored -> updated++;
                case RowOutcome.Present ignored -> present++;
                case RowOutcome.Rejected why -> reject(row, why.because());
            }
        }

        private void reject(FileRow row, String because) {
            rejected++;
            listener.rejected(row.line(), because, rows.rejected(row, because), rows.rejectsHeader());
        }

        private static String complaint(FieldError error) {
            return error.field() + ": " + error.message();
        }

        private static String sentence(String complaint) {
            return "The row cannot be read: " + complaint + (complaint.endsWith(".") ? "" : ".");
        }
    }
}
