package dev.latchkey.password;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something costly to load that the first caller pays for; the others wait for it. */
final class LoadedOnce<T> implements Supplier<T> {
    private final Supplier<T> loader;
    private volatile @Nullable T value;

    LoadedOnce(Supplier<T> loader) {
        this.loader = loader;
    }

    @Override
    public T get() {
        T loaded = value;
        return loaded == null ? load() : loaded;
    }

    private synchronized T load() {
        T loaded = value;
        if (loaded == null) {
            loaded = loader.get();
            value = loaded;
        }
        return loaded;
    }
}
