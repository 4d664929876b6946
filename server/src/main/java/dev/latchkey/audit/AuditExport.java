package dev.latchkey.audit;

import dev.latchkey.db.Database;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import tools.jackson.databind.json.JsonMapper;

/** Writes the trail as lines of JSON: every event, oldest first, then the checkpoint that vouches for them. */
public final class AuditExport {
    private static final int PAGE = 1000;

    private final Database database;
    private final AuditReader reader;
    private final CheckpointKeys keys;
    private final AuditBlockStore store = new AuditBlockStore();

    public AuditExport(Database database, AuditReader reader, CheckpointKeys keys) {
        this.database = database;
        this.reader = reader;
        this.keys = keys;
    }

    /** The newest checkpoint; empty before the first block was sealed. */
    public Optional<Checkpoint> checkpoint() {
        return database.read(store::newest).map(block -> Checkpoint.of(block, keys));
    }

    /**
     * Writes {@code {"event":{…}}} for each event and {@code {"checkpoint":{…}}} last. Memory holds one page at a time.
     *
     * @param progress told how many events are written
     * @return how many events
     * @throws IOException from {@code out}
     */
    public long write(Writer out, LongConsumer progress) throws IOException {
        JsonMapper json = new JsonMapper();
        long written = 0;
        String after = "";
        List<AuditRecord> page = reader.oldestFirst(after, PAGE);
        while (!page.isEmpty()) {
            for (AuditRecord event : page) {
                out.write(json.writeValueAsString(Map.of("event", event)));
                out.write('\n');
            }
            written += page.size();
            progress.accept(written);
            after = page.getLast().id();
            page = reader.oldestFirst(after, PAGE);
        }
        Optional<Checkpoint> last = checkpoint();
        if (last.isPresent()) {
            out.write(json.writeValueAsString(Map.of("checkpoint", last.get())));
            out.write('\n');
        }
        return written;
    }
}
