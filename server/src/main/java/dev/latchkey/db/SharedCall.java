package dev.latchkey.db;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller of {@link SharedTransactions}: waits until it is told to lead, to go alone, or what its answer is. */
final class SharedCall<I, O> {
    enum Turn {
        LEAD,
        ALONE,
        ANSWERED
    }

    private final I question;
    private final String subject;
    private final Thread caller = Thread.currentThread();
    private @Nullable O answer;
    private @Nullable Throwable thrown;
    private volatile @Nullable Turn turn;

    SharedCall(I question, String subject) {
        this.question = question;
        this.subject = subject;
    }

    String subject() {
        return subject;
    }

    I question() {
        return question;
    }

    void lead() {
        tell(Turn.LEAD);
    }

    void alone() {
        tell(Turn.ALONE);
    }

    void answered(O value) {
        answer = value;
        tell(Turn.ANSWERED);
    }

    void failed(Throwable failure) {
        thrown = failure;
        tell(Turn.ANSWERED);
    }

    private void tell(Turn told) {
        turn = told;
        LockSupport.unpark(caller);
    }

    /** Waits, also through an interrupt: a caller that left could not know whether its work was done. */
    Turn awaitTurn() {
        boolean interrupted = false;
        try {
            for (Turn told = turn; ; told = turn) {
                if (told != null) {
                    turn = null;
                    return told;
                }
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("NullAway") // answered set it, to whatever the work returned
    O answer() {
        if (thrown instanceof RuntimeException failed) {
            throw failed;
        }
        if (thrown instanceof Error failed) {
            throw failed;
        }
        return answer;
    }
}
