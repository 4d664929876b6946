package dev.latchkey.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublicJwkTest {
    private static final SignatureProvider JDK = new SignatureProvider(SignatureProvider.Choice.JDK);
    private static final String PAYLOAD =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    @Test
    @DisplayName("RFC 7515 A.3: the ES256 example verifies")
    void es256Example() {
        VerificationKey key = PublicJwk.read("""
                {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                 "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"a","use":"sig","alg":"ES256"}""", JDK);
        assertVerifies(
                key,
                "eyJhbGciOiJFUzI1NiJ9." + PAYLOAD,
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    }

    @Test
    @DisplayName("RFC 7515 A.2: the RS256 example verifies")
    void rs256Example() {
        VerificationKey key = PublicJwk.read("""
                {"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql\
                L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBE\
                Ma2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb5\
                4h4FRWyuXpoQ","e":"AQAB","kid":"a","use":"sig","alg":"RS256"}""", JDK);
        assertVerifies(
                key,
                "eyJhbGciOiJSUzI1NiJ9." + PAYLOAD,
                "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
                        + "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
                        + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
                        + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
                        + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
                        + "p0igcN_IoypGlUPQGe77Rw");
    }

    @Test
    @DisplayName("RFC 8037 A.2, A.3, A.4: the Ed25519 key, its thumbprint and its signature")
    void ed25519Example() {
        VerificationKey key = PublicJwk.read("""
                {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a","use":"sig","alg":"EdDSA"}""", JDK);
        assertThat(PublicJwk.thumbprint(key.publicKey())).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assertVerifies(
                key,
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    @Test
    @DisplayName("RFC 7638 3.1: the RSA example's thumbprint")
    void thumbprintExample() {
        VerificationKey key = PublicJwk.read("""
                {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZC\
                iFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHz\
                u6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJz\
                KnqDKgw","e":"AQAB","kid":"2011-04-29","use":"sig","alg":"RS256"}""", JDK);
        assertThat(PublicJwk.thumbprint(key.publicKey())).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    @DisplayName("what we write reads back as the same key, and Nimbus reads the same key and thumbprint")
    void writes(SignatureAlgorithm algorithm) throws Exception {
        // Enough that some coordinates begin with a zero byte.
        int rounds = switch (algorithm) {
            case ES256, EDDSA -> 600;
            case RS256, PS256 -> 2;
        };
        for (int i = 0; i < rounds; i++) {
            TestKeys keys = TestKeys.of(algorithm, JDK);
            String jwk =
                    PublicJwk.write(keys.signing().kid(), algorithm, keys.pair().getPublic());
            VerificationKey read = PublicJwk.read(jwk, JDK);
            assertThat(read.publicKey()).isEqualTo(keys.pair().getPublic());
            assertThat(read.kid()).isEqualTo(keys.signing().kid());
            JWK theirs = JWK.parse(jwk);
            assertThat(theirs.isPrivate()).isFalse();
            assertThat(theirs.getAlgorithm().getName()).isEqualTo(algorithm.joseName());
            assertThat(theirs.computeThumbprint()).hasToString(keys.signing().kid());
        }
    }

    @Test
    @DisplayName("a JWK for an algorithm we do not have, or with a key that does not fit, is refused")
    void refuses() {
        for (String jwk : new String[] {
            "{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\",\"alg\":\"HS256\"}",
            "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"kid\":\"a\",\"alg\":\"RS256\"}",
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQAB\",\"kid\":\"a\",\"alg\":\"EdDSA\"}",
            "{\"kty\":\"EC\",\"kid\":\"a\",\"alg\":\"ES256\"}",
            "{}",
            "nonsense"
        }) {
            assertThatThrownBy(() -> PublicJwk.read(jwk, JDK))
                    .as(jwk)
                    .isInstanceOfAny(MalformedTokenException.class, IllegalArgumentException.class);
        }
    }

    private static void assertVerifies(VerificationKey key, String input, String signature) {
        byte[] bytes = Base64.getUrlDecoder().decode(signature);
        assertThat(key.verifies(input.getBytes(US_ASCII), bytes)).isTrue();
        assertThat(key.verifies((input + "x").getBytes(US_ASCII), bytes)).isFalse();
    }
}
