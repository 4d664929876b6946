package dev.latchkey.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The rows of a file, one at a time. */
interface UserRows {
    /**
     * The next row; empty at the end.
     *
     * @throws UserFileException when nothing of the file can be used
     */
    Optional<FileRow> next() throws IOException;

    /** The first line of a file of rejected rows, with its end; empty where the format has none. */
    String rejectsHeader();

    /** A row as it stood, with why it was rejected beside it, in a form that can be mended and imported; without a line end. */
    String rejected(FileRow row, String because);

    /** @param ignoreUnknown passes over columns that no user has */
    static UserRows of(FileFormat format, InputStream in, boolean ignoreUnknown) {
        LineReader lines = new LineReader(in);
        return switch (format) {
            case CSV -> new CsvRows(lines, ignoreUnknown);
            case JSONL -> new JsonRows(lines, ignoreUnknown);
        };
    }
}
