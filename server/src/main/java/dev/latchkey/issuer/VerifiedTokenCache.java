package dev.latchkey.issuer;

import dev.latchkey.crypto.TokenHash;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers tokens whose signature was checked, by the SHA-256 of the whole token. Bounded by two generations: when the young one
 * is full it becomes the old one, and what is used again is young again. Says nothing about expiry or revocation.
 */
final class VerifiedTokenCache {
    /** The digest of a token; the token itself, a bearer secret, is not kept. */
    record Key(String digest) {
        static Key of(String token) {
            return new Key(TokenHash.of("verified-token", token));
        }
    }

    record Entry(String kid, VerifiedToken token) {}

    private static final class Generations {
        private final ConcurrentMap<Key, Entry> young = new ConcurrentHashMap<>();
        private final ConcurrentMap<Key, Entry> old;

        Generations(ConcurrentMap<Key, Entry> old) {
            this.old = old;
        }
    }

    private final int generationSize;
    private volatile Generations generations = new Generations(new ConcurrentHashMap<>());

    VerifiedTokenCache(int capacity) {
        this.generationSize = capacity / 2;
    }

    Optional<Entry> find(Key key) {
        Generations now = generations;
        Entry entry = now.young.get(key);
        if (entry != null) {
            return Optional.of(entry);
        }
        Entry older = now.old.get(key);
        if (older != null) {
            put(key, older);
        }
        return Optional.ofNullable(older);
    }

    void put(Key key, Entry entry) {
        if (generationSize == 0) {
            return;
        }
        Generations now = generations;
        if (now.young.size() >= generationSize) {
            now = turn(now);
        }
        now.young.put(key, entry);
    }

    int size() {
        Generations now = generations;
        return now.young.size() + now.old.size();
    }

    private synchronized Generations turn(Generations full) {
        if (generations == full) {
            generations = new Generations(full.young);
        }
        return generations;
    }
}
