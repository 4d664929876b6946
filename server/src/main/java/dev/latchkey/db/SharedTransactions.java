package dev.latchkey.db;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs what many callers ask for at the same time in few transactions, with statements that serve them all: where each statement
 * is a round trip and each commit a wait for the disk, thirty-two callers pay for one. Whoever comes while few are under way goes
 * at once and alone; who comes later waits for those and then goes together. Every caller hears only after the commit.
 *
 * @param <I> what a caller asks
 * @param <O> what it is answered
 */
public final class SharedTransactions<I, O> {
    /** As many as one statement may name. */
    public static final int MOST = 64;

    /** One waits for its commit while the other runs its statements. */
    private static final int UNDER_WAY = 2;

    private final Database database;
    private final Function<I, String> subject;
    private final BiFunction<Tx, List<I>, List<O>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<SharedCall<I, O>> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * @param subject what a question is about: two about the same are never in one transaction
     * @param work answers all questions, in their order. Where it throws, each is asked again in a transaction of its own
     */
    public SharedTransactions(Database database, Function<I, String> subject, BiFunction<Tx, List<I>, List<O>> work) {
        this.database = database;
        this.subject = subject;
        this.work = work;
    }

    /**
     * Answers when the answer is durable.
     *
     * @throws IllegalStateException inside another transaction
     * @throws Problem {@code SERVICE_UNAVAILABLE} as {@link Database#tx} does; whoever waits behind it hears the same
     */
    public O run(I question) {
        Nesting.refuseTransaction();
        SharedCall<I, O> call = new SharedCall<>(question, subject.apply(question));
        SharedCall.Turn turn = goesAtOnce(call) ? SharedCall.Turn.LEAD : call.awaitTurn();
        if (turn == SharedCall.Turn.LEAD) {
            lead(call);
            turn = call.awaitTurn();
        }
        return switch (turn) {
            case ANSWERED -> call.answer();
            case ALONE -> database.tx(tx -> work.apply(tx, List.of(question)).getFirst());
            case LEAD -> throw new IllegalStateException("a call leads once");
        };
    }

    /** Callers that wait for those under way. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean goesAtOnce(SharedCall<I, O> call) {
        lock.lock();
        try {
            if (underWay < UNDER_WAY) {
                underWay++;
                return true;
            }
            waiting.add(call);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void lead(SharedCall<I, O> first) {
        List<SharedCall<I, O>> together = gather(first);
        try {
            List<I> questions = together.stream().map(SharedCall::question).toList();
            List<O> answers = database.tx(tx -> work.apply(tx, questions));
            for (int i = 0; i < together.size(); i++) {
                together.get(i).answered(answers.get(i));
            }
        } catch (Problem refused) {
            if (refused.code() == ErrorCode.SERVICE_UNAVAILABLE) {
                // Whether it was committed may be unknown, so nobody is asked again; who waits would only wait longer.
                together.addAll(takeWaiting());
                together.forEach(call -> call.failed(refused));
            } else {
                apart(together, refused);
            }
        } catch (RuntimeException | Error broken) {
            apart(together, broken);
        } finally {
            passOn();
        }
    }

    /** One question that cannot be answered takes no other with it. */
    private void apart(List<SharedCall<I, O>> together, Throwable thrown) {
        if (together.size() == 1) {
            together.getFirst().failed(thrown);
        } else {
            together.forEach(SharedCall::alone);
        }
    }

    private List<SharedCall<I, O>> gather(SharedCall<I, O> first) {
        List<SharedCall<I, O>> together = new ArrayList<>();
        Set<String> subjects = new HashSet<>();
        together.add(first);
        subjects.add(first.subject());
        lock.lock();
        try {
            Iterator<SharedCall<I, O>> others = waiting.iterator();
            while (together.size() < MOST && others.hasNext()) {
                SharedCall<I, O> other = others.next();
                if (subjects.add(other.subject())) {
                    together.add(other);
                    others.remove();
                }
            }
            return together;
        } finally {
            lock.unlock();
        }
    }

    private List<SharedCall<I, O>> takeWaiting() {
        lock.lock();
        try {
            List<SharedCall<I, O>> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits longest leads next, on its own thread. */
    private void passOn() {
        lock.lock();
        try {
            SharedCall<I, O> next = waiting.poll();
            if (next == null) {
                underWay--;
            } else {
                next.lead();
            }
        } finally {
            lock.unlock();
        }
    }
}
