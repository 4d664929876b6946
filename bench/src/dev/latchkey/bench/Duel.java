package dev.latchkey.bench;

import java.io.IOException;

/** Loads in turn, round by round, so that whatever slows the machine down meets all of them. */
final class Duel {
    private Duel() {}

    static void warmUp(Place place, Wrk... loads) throws IOException, InterruptedException {
        for (Wrk load : loads) {
            load.run(place.seconds());
        }
    }

    /** The median rate of each, in requests a second. */
    static Median[] run(Place place, Wrk... loads) throws IOException, InterruptedException {
        Median[] rates = new Median[loads.length];
        for (int i = 0; i < loads.length; i++) {
            rates[i] = new Median();
        }
        for (int round = 0; round < place.rounds(); round++) {
            for (int i = 0; i < loads.length; i++) {
                rates[i].add(loads[i].run(place.seconds()).perSecond());
            }
        }
        return rates;
    }
}
