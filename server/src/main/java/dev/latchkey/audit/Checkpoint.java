package dev.latchkey.audit;

import dev.latchkey.core.OperationalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A point of the chain, to be kept away from the server: a chain that still holds it was not altered or cut before it.
 *
 * @param block the block's number
 * @param hash the block's hash, base64url
 * @param at when the block was sealed
 * @param key the id of the key that signed
 * @param publicJwk that key as a JWK; empty where the server no longer has it
 * @param signature over the ASCII label {@code latchkey audit checkpoint 1} and the 32 bytes of the hash, base64url
 */
public record Checkpoint(long block, String hash, Instant at, String key, String publicJwk, String signature) {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    static Checkpoint of(Block block, CheckpointKeys keys) {
        return new Checkpoint(
                block.number(),
                BASE64URL.encodeToString(Chain.blockHash(block)),
                Instant.ofEpochMilli(block.at()),
                block.key(),
                keys.publicJwk(block.key()).orElse(""),
                BASE64URL.encodeToString(block.signature()));
    }

    byte[] hashBytes() {
        return Base64.getUrlDecoder().decode(hash);
    }

    byte[] signatureBytes() {
        return Base64.getUrlDecoder().decode(signature);
    }

    /** One line of JSON, as {@link #read} takes it. */
    public String json() {
        return new JsonMapper().writeValueAsString(this);
    }

    /**
     * The checkpoint in a file: alone, or as the last line of an export.
     *
     * @throws OperationalException when the file holds none
     */
    public static Checkpoint read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .flatMap(Checkpoint::parse)
                    .orElseThrow(() -> new OperationalException(file
                            + " holds no checkpoint. Give a file that audit export wrote, or the last line of one."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Checkpoint> parse(String line) {
        JsonMapper mapper = new JsonMapper();
        try {
            JsonNode json = mapper.readTree(line);
            Checkpoint read =
                    mapper.treeToValue(json.has("checkpoint") ? json.get("checkpoint") : json, Checkpoint.class);
            return read.hashBytes().length == Chain.HASH_BYTES && read.signatureBytes().length > 0
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | NullPointerException notACheckpoint) {
            return Optional.empty();
        }
    }
}
