package dev.latchkey.crash;

import dev.latchkey.crash.Account.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the owner of an account could ask for next. */
final class Possible {
    private Possible() {}

    static Set<Act> acts(Account account, ReceivedMails mails) {
        Set<Act> acts = EnumSet.noneOf(Act.class);
        if (account.status() != Status.ACTIVE || account.pending().isPresent()) {
            return acts;
        }
        if (account.secondFactor().map(SecondFactor::hasCode).orElse(true)) {
            acts.add(Act.LOG_IN);
        }
        if (!liveSessions(account).isEmpty()) {
            acts.addAll(Set.of(Act.REFRESH, Act.LOG_OUT, Act.DISABLE));
            // It would make the link void, and the second factor is taken off by a reset, as the mailbox was never
            // proved.
            if (!account.awaitsLink()) {
                if (!sessionsThatChange(account).isEmpty()) {
                    acts.add(Act.CHANGE_PASSWORD);
                }
                if (account.secondFactor().isEmpty()) {
                    acts.add(Act.ENROL);
                }
            }
        }
        if (!account.hasForgot() && account.secondFactor().isEmpty()) {
            acts.add(Act.FORGET_PASSWORD);
        }
        if (account.awaitsLink() && mails.link(account.email()).isPresent()) {
            acts.add(Act.RESET_PASSWORD);
        }
        return acts;
    }

    /** Those that have proved enough to change the password. */
    static List<Session> sessionsThatChange(Account account) {
        return liveSessions(account).stream()
                .filter(session -> account.secondFactor().isEmpty() || session.provedTwo())
                .toList();
    }

    static List<Session> liveSessions(Account account) {
        return account.sessions().stream().filter(Session::isLive).toList();
    }
}
