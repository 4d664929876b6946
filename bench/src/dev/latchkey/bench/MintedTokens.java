package dev.latchkey.bench;

import dev.latchkey.issuer.AccessClaims;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Prints how many bytes of a token are signed, and how many tokens are minted a second on all processors. Arguments: data folder, seconds. */
final class MintedTokens {
    private MintedTokens() {}

    public static void main(String[] arguments) throws Exception {
        Dataset dataset = new Dataset(Path.of(arguments[0]), 10_000, "", List.of(), Map.of());
        try (Tokens tokens = new Tokens(dataset)) {
            double rate = Rate.warm(Double.parseDouble(arguments[1]), thread -> minting(tokens, tokens.claims(thread)));
            System.out.println(tokens.of(0).lastIndexOf('.') + " " + rate);
        }
    }

    private static Callable<String> minting(Tokens tokens, AccessClaims claims) {
        return () -> tokens.of(claims);
    }
}
