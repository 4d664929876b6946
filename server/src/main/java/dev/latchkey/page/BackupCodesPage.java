package dev.latchkey.page;

import java.util.List;

/** The account's backup codes, shown once. */
public record BackupCodesPage(List<String> codes, PageLink onward) {
    public BackupCodesPage {
        codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
        return "BackupCodesPage[redacted]";
    }
}
