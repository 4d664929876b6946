package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.grant.RefreshFamily;
import dev.latchkey.grant.Rotation;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefreshFlowTest {
    private static final UserId ADA = new UserId("01890000-0000-7000-8000-000000000001");
    private static final UserId BOB = new UserId("01890000-0000-7000-8000-000000000002");

    @Test
    @DisplayName("a family that was found just before its user was erased has ended; all others are as they were")
    void endsWithTheUser() {
        Rotation adas = new Rotation.Rotated(family(ADA), "ada's next token");
        Rotation bobs = new Rotation.Rotated(family(BOB), "bob's next token");
        Rotation unknown = new Rotation.Unknown();

        assertThat(RefreshFlow.endedWithTheirUsers(List.of(adas, unknown, bobs), Set.of(BOB)))
                .containsExactly(new Rotation.Ended(family(ADA)), unknown, bobs);
    }

    private static RefreshFamily family(UserId user) {
        return new RefreshFamily(
                user,
                new SessionId("01890000-0000-7000-8000-000000000003"),
                ClientId.FIRST_PARTY,
                Set.of(),
                0,
                new Authentication(Instant.EPOCH, Set.of("pwd")),
                Instant.EPOCH);
    }
}
