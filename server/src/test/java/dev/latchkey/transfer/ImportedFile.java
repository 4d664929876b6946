package dev.latchkey.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Hears an import and keeps what it heard. */
public final class ImportedFile implements ImportListener {
    private final List<String> reasons = new ArrayList<>();
    private final StringBuilder rejects = new StringBuilder();

    @Override
    public void done(long rows) {}

    @Override
    public void rejected(long line, String because, String mendable, String header) {
        if (reasons.isEmpty()) {
            rejects.append(header);
        }
        reasons.add(line + ": " + because);
        rejects.append(mendable).append('\n');
    }

    @Override
    public void paused(Duration held) {}

    /** {@code line: reason}, in order. */
    public List<String> reasons() {
        return reasons;
    }

    public String rejects() {
        return rejects.toString();
    }
}
