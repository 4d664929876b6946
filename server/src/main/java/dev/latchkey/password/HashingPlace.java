package dev.latchkey.password;

import dev.latchkey.core.Problem;
import java.util.function.Supplier;

/**
 * A place in the line for a hashing thread, taken before what the hash is compared with is looked up: whoever would be refused
 * is refused first, so a crowd that signs in asks no more of the database than of the threads. Close it in the end.
 */
public final class HashingPlace implements AutoCloseable {
    private final HashingPool pool;
    private final String address;
    private boolean held = false;

    HashingPlace(HashingPool pool, String address) {
        this.pool = pool;
        this.address = address;
    }

    String address() {
        return address;
    }

    /** It is taken now. Only under the pool's lock. */
    void hold() {
        held = true;
    }

    /** Whether it was not given up yet; it is now. Only under the pool's lock. */
    boolean giveUp() {
        boolean was = held;
        held = false;
        return was;
    }

    /**
     * Gives the place back while {@code work} waits for something else than a thread, and takes one again for its result.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too much is waiting by then
     */
    public <T> T without(Supplier<T> work) {
        pool.release(this);
        T result = work.get();
        pool.take(this);
        return result;
    }

    @Override
    public void close() {
        pool.release(this);
    }
}
