package dev.latchkey.human;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.HumanChallenge;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.metrics.Counter;
import dev.latchkey.metrics.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lets an attempt through, or asks for a human check first. */
public final class HumanService implements AutoCloseable {
    /** The field of a request that answers a challenge. */
    public static final String FIELD = "humanCheck";

    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration RECORDED_EVERY = Duration.ofMinutes(1);

    private final HumanConfig config;
    private final FailureTally tally;
    private final ProofOfWork work;
    private final Optional<HostedCheck> hosted;
    private final Database database;
    private final AuditService audit;
    private final Counter counter;
    private final Clock clock;
    private Instant awayRecorded = Instant.MIN;

    /** @param store shared by all nodes */
    public HumanService(
            HumanConfig config,
            ExpiringStore store,
            Database database,
            AuditService audit,
            Sealer sealer,
            Secrets secrets,
            Metrics metrics,
            Clock clock) {
        SpentAnswers spent = new SpentAnswers(store, secrets);
        this.config = config;
        this.tally = new FailureTally(store, config.window());
        this.work = new ProofOfWork(config, spent, sealer, secrets, clock);
        this.hosted = config.hosted().map(provider -> new HostedCheck(provider, spent, clock));
        this.database = database;
        this.audit = audit;
        this.counter = metrics.counter(
                "latchkey_human_checks_total",
                "Human checks that were asked for, passed, refused or could not be judged.",
                "purpose",
                "outcome");
        this.clock = clock;
    }

    /**
     * Counts the attempt, and asks for a check where there were too many before it. Never inside a transaction.
     *
     * @return to be told of success; what it is not told of counts as failed
     * @throws Problem CAPTCHA_REQUIRED with a challenge; SERVICE_UNAVAILABLE where nobody can judge and the operator wants it so
     */
    public HumanPassage enter(HumanEntry entry, RequestContext context) {
        boolean always = config.always().contains(entry.purpose());
        if (!config.enabled() || !(always || entry.purpose() == HumanPurpose.LOGIN)) {
            return HumanPassage.FREE;
        }
        if (entry.purpose() != HumanPurpose.LOGIN) {
            check(entry, 0, context);
            return HumanPassage.FREE;
        }
        FailureTally.Attempt attempt = tally.begin(entry, context);
        int surplus = attempt.before() - config.afterFailures();
        if (always || surplus >= 0) {
            try {
                check(entry, Math.max(0, surplus), context);
            } catch (Problem refused) {
                tally.takeBack(attempt);
                throw refused;
            }
        }
        return () -> tally.succeeded(attempt);
    }

    /** Whether {@link #enter} may wait for somebody else's judgement. */
    public boolean asksElsewhere(HumanEntry entry) {
        return entry.answer().filter(answer -> !isForBuiltIn(answer)).isPresent();
    }

    @Override
    public void close() {
        hosted.ifPresent(HostedCheck::close);
    }

    private void check(HumanEntry entry, int surplus, RequestContext context) {
        HumanPurpose purpose = entry.purpose();
        Optional<String> answer = entry.answer().filter(text -> !text.isEmpty());
        if (answer.isEmpty()) {
            count(purpose, "asked");
            throw Problem.asking(challenge(purpose, surplus, context), List.of());
        }
        switch (judge(purpose, answer.get(), context)) {
            case HumanVerdict.Passed passed -> count(purpose, "passed");
            case HumanVerdict.Refused refused -> {
                count(purpose, "refused");
                record(SecurityEvent.of(EventType.HUMAN_CHECK_FAILED, context)
                        .with(Detail.REASON, refused.reason())
                        .with("purpose", purpose.action()));
                throw Problem.asking(challenge(purpose, surplus, context), List.of(complaint(refused.reason())));
            }
            case HumanVerdict.Undecided undecided -> {
                count(purpose, "undecided");
                recordAway(context);
                throw instead(purpose, surplus, context);
            }
        }
    }

    /** With a hosted check in force, whoever holds a challenge of the built-in one was given it while the provider was away. */
    private boolean isForBuiltIn(String answer) {
        return hosted.isEmpty() || (fallsBack() && ProofOfWork.recognises(answer));
    }

    private HumanVerdict judge(HumanPurpose purpose, String answer, RequestContext context) {
        return isForBuiltIn(answer)
                ? work.judge(purpose, answer, context)
                : hosted.orElseThrow().judge(purpose, answer, context);
    }

    private HumanChallenge challenge(HumanPurpose purpose, int surplus, RequestContext context) {
        boolean builtIn = hosted.isEmpty() || (fallsBack() && hosted.get().isAway());
        HumanCheck check = builtIn ? work : hosted.orElseThrow();
        return check.challenge(purpose, surplus, context);
    }

    private Problem instead(HumanPurpose purpose, int surplus, RequestContext context) {
        return fallsBack()
                ? Problem.asking(work.challenge(purpose, surplus, context), List.of())
                : Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "the human check's provider is away")
                        .retryAfter(RETRY);
    }

    private boolean fallsBack() {
        return config.hosted()
                .filter(provider -> provider.away() == ProviderAway.PROOF_OF_WORK)
                .isPresent();
    }

    private void recordAway(RequestContext context) {
        Instant now = clock.instant();
        synchronized (this) {
            if (now.isBefore(awayRecorded.plus(RECORDED_EVERY))) {
                return;
            }
            awayRecorded = now;
        }
        record(SecurityEvent.of(EventType.HUMAN_CHECK_UNAVAILABLE, context));
    }

    private void record(SecurityEvent event) {
        database.tx(tx -> {
            audit.record(tx, event);
            return event;
        });
    }

    private void count(HumanPurpose purpose, String outcome) {
        counter.increment(purpose.settingName(), outcome);
    }

    private static FieldError complaint(String reason) {
        String message = switch (reason) {
            case "expired" -> "The answer came too late. Answer the new challenge.";
            case "spent" -> "The answer was used before. Answer the new challenge.";
            case "too_early" -> "Solve the challenge, or wait as long as it says before you send it back.";
            case "one_at_a_time" -> "Another request of your network waited just now. Wait once more.";
            default -> "The answer is not right. Answer the new challenge.";
        };
        return new FieldError(FIELD, reason, message);
    }
}
