package dev.latchkey.transfer;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Addresses and ids that earlier rows of the file had. Keeps 64 bits of each: a file may have millions. */
final class Duplicates {
    private final Set<Long> seen = new HashSet<>();

    Optional<String> complaint(ReadUser user) {
        boolean address = seen.add(mark("e", user.email().folded()));
        boolean id = user.id().map(it -> seen.add(mark("i", it.value()))).orElse(true);
        boolean source = user.sourceId().map(it -> seen.add(mark("s", it))).orElse(true);
        if (address && id && source) {
            return Optional.empty();
        }
        String what = !address ? "e-mail address" : !id ? "id" : "sourceId";
        return Optional.of("An earlier row has the same " + what + ". Keep one of the two.");
    }

    /** FNV-1a over UTF-16 units with a shift that mixes the upper half in. */
    private static long mark(String kind, String text) {
        long mark = kind.charAt(0);
        for (int at = 0; at < text.length(); at++) {
            mark = (mark ^ text.charAt(at)) * 0x100000001B3L;
            mark ^= mark >>> 29;
        }
        return mark;
    }
}
