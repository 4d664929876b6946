package dev.latchkey.boot;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Closes what was opened, the last first, so that nothing loses what it stands on. */
final class Closing {
    private static final Logger LOG = System.getLogger(Closing.class.getName());

    private Closing() {}

    static void inReverse(List<? extends AutoCloseable> opened) {
        for (AutoCloseable service : opened.reversed()) {
            try {
                service.close();
            } catch (Exception failed) {
                // The others must close all the same.
                LOG.log(Level.WARNING, "Closing " + service.getClass().getSimpleName() + " failed", failed);
            }
        }
    }
}
