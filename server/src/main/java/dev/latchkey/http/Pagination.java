package dev.latchkey.http;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a page of a list stands.
 *
 * @param page 1-based; 0 where the caller pages by cursor
 * @param cursor send it back as {@code cursor} to read on; empty on the last page
 * @param total only where counting is cheap
 */
public record Pagination(int page, int limit, OptionalLong total, Optional<String> cursor) {
    /** Pages in all, where the total is known. */
    public OptionalLong totalPages() {
        return total.isEmpty() ? OptionalLong.empty() : OptionalLong.of((total.getAsLong() + limit - 1) / limit);
    }
}
