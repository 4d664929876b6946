package dev.latchkey.ephemeral;

class MemoryExpiringStoreTest extends ExpiringStoreContract {
    private final ExpiringStore store = new MemoryExpiringStore(clock);

    @Override
    public ExpiringStore store() {
        return store;
    }
}
