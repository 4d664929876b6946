package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CalibrateCommandTest {
    private final Shell shell = new Shell("--set", "password.hashing-threads=1", "--memory", "19", "--target", "10ms");

    @Test
    @DisplayName("people are given the lines for the configuration")
    void lines() {
        assertThat(shell.run("calibrate")).as(shell.err()).isEqualTo(ExitCode.OK);
        assertThat(shell.out())
                .contains("Argon2id (", "1 hashes at a time", "in force", "chosen", "password:\n")
                .containsPattern("argon2-memory-kib: \\d+\\n")
                .contains("logins a second at most");
    }

    @Test
    @DisplayName("programs are given the measurements, and the configuration takes what is chosen")
    void json() {
        assertThat(shell.run("calibrate", "--json")).isEqualTo(ExitCode.OK);
        JsonNode measured = shell.json();
        assertThat(measured.at("/threads").asInt()).isEqualTo(1);
        assertThat(measured.at("/chosen/memoryKib").asInt()).isEqualTo(19 * 1024);
        assertThat(measured.at("/measured").size()).isEqualTo(1);
        String iterations = measured.at("/chosen/iterations").asString();
        assertThat(new Shell().run("config", "check", "--set", "password.argon2-iterations=" + iterations))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void whatIsNoTimeIsSaid() {
        for (String target : new String[] {"soon", "9ms", "6s"}) {
            Shell other = new Shell();
            assertThat(other.run("calibrate", "--target", target)).isEqualTo(ExitCode.USAGE);
            assertThat(other.err()).contains("--target ");
        }
    }
}
