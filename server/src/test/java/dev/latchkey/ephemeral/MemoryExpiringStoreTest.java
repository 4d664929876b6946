package dev.latchkey.ephemeral;

class MemoryExpiringStoreTest extends ExpiringStoreContract {
    private final ExpiringStore store = new MemoryExpiringStore(clock);

    @Override
    protected ExpiringStore store() {
        return store;
    }
}
