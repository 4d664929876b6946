package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCheckTest {
    private static final Guessability GUESSABILITY = new Guessability();
    private static final PolicyCheck CHECK = new PolicyCheck(() -> GUESSABILITY);
    private static final List<String> ALICE = PasswordOwner.of(
                    EmailAddress.parse("Alice.Liddell@Wonderland.example").orElseThrow(),
                    Optional.of("Alice Pleasance"))
            .words();

    @Test
    @DisplayName("C8 SecurePass123 and NewSecurePass123 pass under classic")
    void classicTakesTheDocumentedOnes() {
        assertThat(codes(PasswordPolicy.CLASSIC, "SecurePass123")).isEmpty();
        assertThat(codes(PasswordPolicy.CLASSIC, "NewSecurePass123")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Ab1defg,too_short",
        "ab1defgh,missing_upper_case",
        "AB1DEFGH,missing_lower_case",
        "Abcdefgx,missing_digit",
        "Password123,too_common"
    })
    @DisplayName("S2-07 classic: eight characters, upper case, lower case and a digit")
    void classicRules(String password, String code) {
        assertThat(codes(PasswordPolicy.CLASSIC, password)).containsExactly(code);
    }

    @Test
    @DisplayName("S0-35 classic with a special character")
    void classicWithSpecial() {
        PasswordPolicy policy = PasswordPolicy.CLASSIC.withSpecial();
        assertThat(codes(policy, "SecurePass123")).containsExactly("missing_special");
        assertThat(codes(policy, "SecurePass123!")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "nur-kleinbuchstaben-hier", "密码很长而且没有人知道它", "7c1f2a9e8b3d"})
    @DisplayName("N1 V6-2.5 balanced and strict ask for no composition")
    void noComposition(String password) {
        assertThat(codes(PasswordPolicy.BALANCED, password)).isEmpty();
        assertThat(codes(PasswordPolicy.STRICT, password)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "short1!,too_short",
        "password,too_common",
        "PASSWORD1,too_common",
        "aaaaaaaaaaaa,too_weak",
        "abababababab,too_weak",
        "alice.liddell@wonderland.example,contains_personal_word",
        "Liddell99,contains_personal_word",
        "pleasance,contains_personal_word",
    })
    @DisplayName("N1 V6-2.4 V6-2.11 balanced refuses short, common, guessable and personal passwords, and says which")
    void balancedRules(String password, String code) {
        assertThat(codes(PasswordPolicy.BALANCED, password)).contains(code);
    }

    @Test
    @DisplayName("S1-37 strict asks for 12 characters and a score of 3")
    void strictRules() {
        assertThat(codes(PasswordPolicy.STRICT, "x7#kQ!p2v")).containsExactly("too_short");
        assertThat(codes(PasswordPolicy.BALANCED, "x7#kQ!p2v")).isEmpty();
        assertThat(codes(PasswordPolicy.STRICT, "SecurePass123")).containsExactly("too_weak");
        assertThat(codes(PasswordPolicy.BALANCED, "SecurePass123")).isEmpty();
    }

    @Test
    @DisplayName(
            "N1 V6-2.9 length counts code points after NFKC, 128 are taken, and a longer one is refused whole, never cut")
    void countsCodePoints() {
        String strong = "x7#kQ!p2v";
        assertThat(codes(PasswordPolicy.BALANCED, strong + "🔑".repeat(119))).isEmpty();
        assertThat(codes(PasswordPolicy.BALANCED, strong + "🔑".repeat(120))).containsExactly("too_long");
        assertThat(codes(PasswordPolicy.BALANCED, "🔑🚪🏠🌵")).contains("too_short");
        // One ligature is three characters after NFKC.
        assertThat(codes(PasswordPolicy.BALANCED, "xq7#\ufb03k")).doesNotContain("too_short");
    }

    @Test
    @DisplayName("every error names the field and says what to do")
    void explains() {
        for (FieldError error : CHECK.errors(PasswordPolicy.STRICT, "newPassword", "summer", List.of())) {
            assertThat(error.field()).isEqualTo("newPassword");
            assertThat(error.text()).endsWith(".").containsAnyOf("Use ", "Choose ", "Add ");
        }
    }

    @Test
    @DisplayName("V6-2.4 the list of common passwords has at least 3000")
    void listIsLong() {
        assertThat(GUESSABILITY.commonPasswords()).isGreaterThanOrEqualTo(3_000);
    }

    private static List<String> codes(PasswordPolicy policy, String password) {
        return CHECK.errors(policy, "password", password, ALICE).stream()
                .map(FieldError::code)
                .toList();
    }
}
