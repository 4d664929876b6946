package dev.latchkey.totp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpGeneratorTest {
    @ParameterizedTest
    @CsvSource({
        "59, SHA1, 94287082", "59, SHA256, 46119246", "59, SHA512, 90693936",
        "1111111109, SHA1, 07081804", "1111111109, SHA256, 68084774", "1111111109, SHA512, 25091201",
        "1111111111, SHA1, 14050471", "1111111111, SHA256, 67062674", "1111111111, SHA512, 99943326",
        "1234567890, SHA1, 89005924", "1234567890, SHA256, 91819424", "1234567890, SHA512, 93441116",
        "2000000000, SHA1, 69279037", "2000000000, SHA256, 90698825", "2000000000, SHA512, 38618901",
        "20000000000, SHA1, 65353130", "20000000000, SHA256, 77737706", "20000000000, SHA512, 47863826"
    })
    @DisplayName("S1-19 the codes of RFC 6238 appendix B")
    void publishedVectors(long seconds, TotpAlgorithm algorithm, String code) {
        long step = TotpGenerator.stepAt(Instant.ofEpochSecond(seconds));
        assertThat(generator(algorithm, 8).code(step)).isEqualTo(code);
        assertThat(generator(algorithm, 6).code(step)).isEqualTo(code.substring(2));
    }

    @ParameterizedTest
    @CsvSource({"0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314", "5, 254676", "6, 287922", "7, 162583"})
    @DisplayName("S1-19 the codes of RFC 4226 appendix D")
    void countedVectors(long counter, String code) {
        assertThat(generator(TotpAlgorithm.SHA1, 6).code(counter)).isEqualTo(code);
    }

    @Test
    @DisplayName("C6 a code is found within its window and not a step beyond")
    void windows() {
        TotpGenerator generator = generator(TotpAlgorithm.SHA1, 6);
        for (int window = 0; window <= 2; window++) {
            for (long step = 100; step <= 110; step++) {
                OptionalLong expected = Math.abs(step - 105) <= window ? OptionalLong.of(step) : OptionalLong.empty();
                assertThat(generator.match(generator.code(step), 105, window)).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatIsNoCodeIsNotFound() {
        TotpGenerator generator = generator(TotpAlgorithm.SHA1, 6);
        String code = generator.code(105);
        for (String typed : new String[] {"", code.substring(1), code + "0", "0" + code, "\u0000", "ſ".repeat(6)}) {
            assertThat(generator.match(typed, 105, 1)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    @DisplayName("the texts of RFC 4648 section 10, without padding")
    void base32(String plain, String encoded) {
        assertThat(Base32.encode(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
    }

    /** With the RFC's seed: the digits 1 to 9 and 0 over and over, as long as the algorithm's hash. */
    private static TotpGenerator generator(TotpAlgorithm algorithm, int digits) {
        byte[] seed = "1234567890".repeat(7).substring(0, algorithm.seedBytes()).getBytes(StandardCharsets.US_ASCII);
        return new TotpGenerator(algorithm, seed, digits);
    }
}
