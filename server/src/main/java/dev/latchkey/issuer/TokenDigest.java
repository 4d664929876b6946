package dev.latchkey.issuer;

import dev.latchkey.crypto.TokenHash;
import java.nio.ByteBuffer;

/** What a verified token is remembered by: SHA-256 of all of it. The token itself, a bearer secret, is not kept. */
record TokenDigest(long first, long second, long third, long fourth) {
    static TokenDigest of(String token) {
        ByteBuffer digest = ByteBuffer.wrap(TokenHash.bytes("verified-token", token));
        return new TokenDigest(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    // Of bits that are spread already.
    @Override
    public int hashCode() {
        return (int) first;
    }
}
