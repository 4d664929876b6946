package dev.latchkey.account;

import dev.latchkey.session.DeviceName;
import dev.latchkey.session.Session;
import dev.latchkey.user.Consent;
import dev.latchkey.user.UserView;
import java.util.Optional;

/** The small answers of self service. Times are ISO 8601 in UTC. */
final class AccountAnswers {
    private AccountAnswers() {}

    record Me(UserView user) {}

    /**
     * An address that was proved.
     *
     * @param resetToken sets a new password; there where somebody else may have set what the account had, and that was removed
     */
    record Verified(UserView user, Optional<String> resetToken) {
        @Override
        public String toString() {
            return "Verified[" + user.id() + "]";
        }
    }

    /**
     * A session as its owner sees it.
     *
     * @param device a guess at browser and system, for people
     * @param current whether this very request belongs to it
     */
    record SessionView(
            String id,
            String mode,
            String ip,
            String userAgent,
            String device,
            String createdAt,
            String lastActivity,
            String expiresAt,
            boolean current) {
        static SessionView of(Session session, boolean current) {
            return new SessionView(
                    session.id().value(),
                    session.mode().wireName(),
                    session.ip(),
                    session.userAgent(),
                    DeviceName.of(session.userAgent()),
                    session.createdAt().toString(),
                    session.lastActivity().toString(),
                    session.expiresAt().toString(),
                    current);
        }
    }

    record ConsentView(String kind, boolean granted, String version, String ip, String recordedAt) {
        static ConsentView of(Consent consent) {
            return new ConsentView(
                    consent.kind().wireName(),
                    consent.granted(),
                    consent.version(),
                    consent.ip(),
                    consent.recordedAt().toString());
        }
    }
}
