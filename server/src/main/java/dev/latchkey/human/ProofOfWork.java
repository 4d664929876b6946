package dev.latchkey.human;

import dev.latchkey.core.HumanChallenge;
import dev.latchkey.core.RequestContext;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.page.AssetRoutes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The built-in check: nothing for one attempt, dear for many. An answer is the challenge, {@code ~}, and the numbers that solve
 * its puzzles; or, after a while, the challenge alone.
 */
final class ProofOfWork implements HumanCheck {
    /** A power of two, so that a challenge's bits divide evenly. */
    private static final int PUZZLES = 16;

    private static final int PUZZLES_BITS = 4;
    private static final int SEED_LENGTH = 22;
    private static final int MOST_ANSWER = 2048;

    private final HumanConfig config;
    private final SpentAnswers spent;
    private final Sealer sealer;
    private final Secrets secrets;
    private final Clock clock;

    ProofOfWork(HumanConfig config, SpentAnswers spent, Sealer sealer, Secrets secrets, Clock clock) {
        this.config = config;
        this.spent = spent;
        this.sealer = sealer;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Whether the answer is one to this check, right or wrong. */
    static boolean recognises(String answer) {
        return answer.startsWith(WorkChallenge.PREFIX);
    }

    @Override
    public HumanChallenge challenge(HumanPurpose purpose, int surplus, RequestContext context) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        WorkChallenge asked = new WorkChallenge(
                purpose.action(),
                context.tenant().value(),
                spent.generation(),
                secrets.token().substring(0, SEED_LENGTH),
                PUZZLES,
                bits(surplus) - PUZZLES_BITS,
                now.plus(config.work().patience()),
                now.plus(config.work().lifetime()));
        return new HumanChallenge(
                HumanKind.PROOF_OF_WORK.wireName(),
                purpose.action(),
                Optional.of(AssetRoutes.humanCheckScript()),
                Optional.empty(),
                Optional.of(asked.signed(sealer)),
                Optional.of("SHA-256"),
                Optional.of(asked.seed()),
                OptionalInt.of(asked.puzzles()),
                OptionalInt.of(asked.bits()),
                mayWait() ? OptionalLong.of(config.work().patience().toSeconds()) : OptionalLong.empty(),
                Optional.of(asked.expiresAt()));
    }

    @Override
    public HumanVerdict judge(HumanPurpose purpose, String answer, RequestContext context) {
        if (answer.length() > MOST_ANSWER) {
            return new HumanVerdict.Refused("malformed");
        }
        int mark = answer.indexOf('~');
        String signed = mark < 0 ? answer : answer.substring(0, mark);
        Optional<WorkChallenge> read = WorkChallenge.read(signed, sealer);
        if (read.isEmpty()) {
            return new HumanVerdict.Refused("malformed");
        }
        WorkChallenge asked = read.get();
        if (!asked.purpose().equals(purpose.action())
                || !asked.tenant().equals(context.tenant().value())) {
            return new HumanVerdict.Refused("other_purpose");
        }
        Instant now = clock.instant();
        if (!now.isBefore(asked.expiresAt())) {
            return new HumanVerdict.Refused("expired");
        }
        Optional<String> wrong = mark < 0
                ? unsolved(asked, now, context)
                : Optional.of("wrong_solution").filter(reason -> !Puzzles.solved(asked, answer.substring(mark + 1)));
        return wrong.<HumanVerdict>map(HumanVerdict.Refused::new).orElseGet(() -> spend(asked, now));
    }

    /** Why patience is no answer, if it is none. */
    private Optional<String> unsolved(WorkChallenge asked, Instant now, RequestContext context) {
        if (!mayWait() || now.isBefore(asked.waitUntil())) {
            return Optional.of("too_early");
        }
        return spent.mayWait(context.address().limitKey(), config.work().patience())
                ? Optional.empty()
                : Optional.of("one_at_a_time");
    }

    private HumanVerdict spend(WorkChallenge asked, Instant now) {
        // In this order: a store that was emptied in between forgot the generation too, and the answer is refused.
        boolean first = spent.spend(asked.seed(), Duration.between(now, asked.expiresAt()));
        if (!spent.isCurrent(asked.generation())) {
            return new HumanVerdict.Refused("expired");
        }
        return first ? new HumanVerdict.Passed() : new HumanVerdict.Refused("spent");
    }

    private boolean mayWait() {
        return config.work().patience().isPositive();
    }

    private int bits(int surplus) {
        HumanConfig.Work work = config.work();
        return (int) Math.min(work.mostBits(), work.leastBits() + (long) surplus / config.afterFailures());
    }
}
