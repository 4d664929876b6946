package dev.latchkey.password;

/**
 * A place in the line for a hashing thread, taken before what the hash is compared with is looked up: whoever would be refused
 * is refused first, so a crowd that signs in asks no more of the database than of the threads. Close it in the end.
 */
public final class HashingPlace implements AutoCloseable {
    private final HashingPool pool;
    private final String address;
    private boolean held = true;

    HashingPlace(HashingPool pool, String address) {
        this.pool = pool;
        this.address = address;
    }

    String address() {
        return address;
    }

    /** Whether it was not given up yet; it is now. Only under the pool's lock. */
    boolean giveUp() {
        boolean was = held;
        held = false;
        return was;
    }

    @Override
    public void close() {
        pool.release(this);
    }
}
