package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Problem;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.http.Access;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Route;
import dev.latchkey.password.PasswordRoutes.StrengthRequest;
import java.time.Clock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PasswordRoutesTest {
    @Test
    @DisplayName("S0-36 the strength route is public")
    void isPublic() {
        Clock clock = Clock.systemUTC();
        try (PasswordService passwords = new PasswordService(PasswordConfig.defaults(), new Secrets(clock), clock)) {
            Mount mount = new Mount("/api/v1", ErrorShape.NATIVE);
            new PasswordRoutes(passwords).mount(mount);
            assertThat(mount.routes()).hasSize(1);
            Route route = mount.routes().getFirst();
            assertThat(route.path()).isEqualTo("/api/v1/auth/password-strength");
            assertThat(route.access()).isEqualTo(Access.anyone());
        }
    }

    @Test
    @DisplayName("an address still being typed is left out; the password is taken as it is and must be there")
    void readsTheRequest() {
        assertThat(new StrengthRequest(" spaces stay ", "alice@", null).owner()).isEqualTo(PasswordOwner.UNKNOWN);
        assertThat(new StrengthRequest(" spaces stay ", "alice@example.com", " Alice ")
                        .owner()
                        .words())
                .contains("alice@example.com", "alice", "example");
        assertThat(new StrengthRequest(" spaces stay ", null, null).password()).isEqualTo(" spaces stay ");
        assertThatThrownBy(() -> new StrengthRequest("", null, null)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new StrengthRequest("x".repeat(1_025), null, null))
                .isInstanceOf(Problem.class);
    }
}
