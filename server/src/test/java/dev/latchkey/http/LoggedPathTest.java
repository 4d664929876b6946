package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedPathTest {
    private final LoggedPath paths;

    LoggedPathTest() {
        Mount mount = new Mount("/api/v1", ErrorShape.NATIVE);
        mount.get("/sessions/{id}", Access.anyone(), request -> Reply.noContent());
        mount.get("/me", Access.anyone(), request -> Reply.noContent());
        paths = new LoggedPath(mount.routes());
    }

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/api/v1/me,/api/v1/me",
        "/api/v1/sessions/019a0000-0000-7000-8000-00000000000a,/api/v1/sessions/019a0000-0000-7000-8000-00000000000a",
        "/api/v1/sessions/plum-Harbour-42,/api/v1/sessions/...",
        "/api/v1/me/plum-Harbour-42/x,/api/v1/me/.../...",
        "/plum-Harbour-42,/..."
    })
    void showsOnlyWhatItKnows(String path, String shown) {
        assertThat(paths.of(path)).isEqualTo(shown);
    }

    @Test
    void isBounded() {
        assertThat(paths.of("/me".repeat(10_000))).hasSizeLessThan(600);
    }
}
