package dev.latchkey.transfer;

import java.time.Duration;

/** Hears how an import goes, from the importing thread. */
public interface ImportListener {
    /** So many rows are done with. */
    void done(long rows);

    /**
     * A row could not be taken.
     *
     * @param line where it begins in the file
     * @param because what is wrong and what to do
     * @param mendable the line for a file of rejected rows
     * @param header that file's first line with its end, or empty
     */
    void rejected(long line, String because, String mendable, String header);

    /** A transaction is over that held the database for so long; a good moment to let others have it. */
    void paused(Duration held);
}
