package dev.latchkey.grant;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Set;

/** What a refresh token stands for. */
public record RefreshFamily(
        UserId user,
        SessionId session,
        ClientId client,
        Set<String> scope,
        long epoch,
        Authentication authentication,
        Instant expiresAt) {}
