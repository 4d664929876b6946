package dev.latchkey.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

record KeyRow(KeyInfo info, String publicJwk, Optional<byte[]> sealedPrivate, Duration longestToken) {
    KeySlot slot() {
        return new KeySlot(info.use(), info.algorithm());
    }

    boolean is(KeyState state) {
        return info.state() == state;
    }

    /** Whether signatures of this key are accepted at {@code now}. */
    boolean verifiesAt(Instant now) {
        return switch (info.state()) {
            case NEXT, ACTIVE -> true;
            case RETIRED ->
                info.use() == KeyUse.AUDIT
                        || info.verifyUntil().orElse(Instant.MIN).isAfter(now);
            case REVOKED -> false;
        };
    }

    /** Whether it may sign tokens that live longer than it is going to be kept for. */
    boolean mustOutlive(Duration token) {
        return (is(KeyState.NEXT) || is(KeyState.ACTIVE)) && longestToken.compareTo(token) < 0;
    }

    boolean isNextDue(Instant now) {
        return is(KeyState.NEXT) && !info.activatesAt().isAfter(now);
    }

    boolean wantsSuccessor(Instant now, KeyConfig config) {
        Instant due = info.activatesAt().plus(config.rotateEvery()).minus(config.publishAhead());
        return info.use() == KeyUse.TOKEN && is(KeyState.ACTIVE) && !due.isAfter(now);
    }

    boolean isExpired(Instant now) {
        boolean over = is(KeyState.RETIRED) || is(KeyState.REVOKED);
        return info.use() != KeyUse.AUDIT
                && over
                && !info.verifyUntil().orElse(Instant.MAX).isAfter(now);
    }
}
