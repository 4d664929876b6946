package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.nulabinc.zxcvbn.Feedback;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    private static final Guessability GUESSABILITY = new Guessability();
    private static final PolicyCheck CHECK = new PolicyCheck(() -> GUESSABILITY);

    @Test
    @DisplayName("S1-37 all that zxcvbn may say of a password has a sentence of ours, or is left out on purpose")
    void complete() throws IOException {
        Properties theirs = new Properties();
        try (InputStream in = Feedback.class.getResourceAsStream("messages.properties")) {
            theirs.load(in);
        }
        List<String> unheard = new ArrayList<>();
        for (String saying : theirs.stringPropertyNames()) {
            if (Advice.on(saying).isEmpty() == !Advice.LEFT_OUT.contains(saying)) {
                unheard.add(saying);
            }
        }
        assertThat(theirs).hasSizeGreaterThan(20);
        assertThat(unheard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "abababababab,one_piece",
        "abcdefghijkl,sequence",
        "qwertyuiop[],keyboard_row",
        "margaret2,names",
        "12-05-1984,dates",
        "p@ssw0rd1,substitutes",
        "drowssap1,backwards",
    })
    @DisplayName("S1-37 what is weak about a password is named, with what would help")
    void named(String password, String advice) {
        FieldError error = CHECK.errors(PasswordPolicy.STRICT, "password", password, List.of()).stream()
                .filter(each -> each.code().equals("too_weak"))
                .findFirst()
                .orElseThrow();
        assertThat(error.advice())
                .extracting(Sentence::key)
                .contains(advice)
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
        assertThat(error.text())
                .startsWith("This password is too easy to guess. ")
                .endsWith(".");
    }
}
