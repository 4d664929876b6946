package dev.latchkey.transfer;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A CSV file (RFC 4180): the first row names the columns; a comma, or in its absence a semicolon or a tab, parts the fields. */
final class CsvRows implements UserRows {
    private final LineReader lines;
    private final boolean ignoreUnknown;
    private char separator = ',';
    private String headerLine = "";
    private List<Optional<UserColumn>> header = List.of();

    /** @param ignoreUnknown passes over columns that no user has, instead of refusing the file */
    CsvRows(LineReader lines, boolean ignoreUnknown) {
        this.lines = lines;
        this.ignoreUnknown = ignoreUnknown;
    }

    @Override
    public Optional<FileRow> next() throws IOException {
        if (header.isEmpty()) {
            header = readHeader();
        }
        Optional<String> raw = record();
        while (raw.isPresent() && raw.get().isBlank()) {
            raw = record();
        }
        return raw.map(this::row);
    }

    @Override
    public String rejectsHeader() {
        return headerLine + (reasonAt() < 0 ? separator + UserColumn.REJECTED_BECAUSE.label() : "") + "\n";
    }

    @Override
    public String rejected(FileRow row, String because) {
        Optional<List<String>> fields = CsvText.fields(row.raw(), separator);
        if (reasonAt() < 0 || fields.isEmpty() || fields.get().size() != header.size()) {
            return row.raw() + separator + CsvText.field(because, separator);
        }
        // The file is one of rejected rows already: its reason was another.
        List<String> renewed = new ArrayList<>(fields.get());
        renewed.set(reasonAt(), because);
        return renewed.stream()
                .map(field -> CsvText.field(field, separator))
                .collect(joining(String.valueOf(separator)));
    }

    private int reasonAt() {
        return header.indexOf(Optional.of(UserColumn.REJECTED_BECAUSE));
    }

    private FileRow row(String raw) {
        long line = lines.number() - raw.chars().filter(c -> c == '\n').count();
        Optional<List<String>> fields = CsvText.fields(raw, separator);
        if (fields.isEmpty()) {
            return new FileRow.Unreadable(
                    line, raw, "a quote is in the wrong place or never closed; double a quote that is part of a text");
        }
        if (fields.get().size() != header.size()) {
            return new FileRow.Unreadable(
                    line, raw, "it has " + fields.get().size() + " fields, the header has " + header.size());
        }
        Map<UserColumn, String> values = new EnumMap<>(UserColumn.class);
        for (int at = 0; at < header.size(); at++) {
            String value = fields.get().get(at);
            if (!value.isBlank()) {
                header.get(at).ifPresent(column -> values.put(column, value));
            }
        }
        return new FileRow.Fields(line, raw, values);
    }

    private List<Optional<UserColumn>> readHeader() throws IOException {
        String raw = record().orElseThrow(() -> new UserFileException(
                "The file is empty. Its first line names the columns: " + UserColumn.all() + "."));
        separator = separator(raw);
        headerLine = raw;
        List<String> names = CsvText.fields(raw, separator)
                .orElseThrow(() -> new UserFileException("The first line of the file is no row of column names."));
        List<Optional<UserColumn>> columns = new ArrayList<>();
        for (String name : names) {
            Optional<UserColumn> column = UserColumn.of(name);
            if (column.isEmpty() && !ignoreUnknown) {
                throw new UserFileException(Unknown.message(name));
            }
            if (column.isPresent() && columns.contains(column)) {
                throw new UserFileException(
                        "Two columns of the file mean " + column.get().label() + ". Remove one.");
            }
            columns.add(column);
        }
        if (!columns.contains(Optional.of(UserColumn.EMAIL))) {
            throw new UserFileException(
                    "The file has no column email. Its first line names the columns: " + UserColumn.all() + ".");
        }
        return columns;
    }

    private static char separator(String header) {
        if (header.indexOf(',') >= 0) {
            return ',';
        }
        return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
    }

    /** Lines up to where no quote is open. If none closes it within a row's length, the first line alone: the others may be good. */
    private Optional<String> record() throws IOException {
        Optional<String> first = lines.next();
        if (first.isEmpty() || CsvText.isClosed(first.get())) {
            return first;
        }
        List<String> more = new ArrayList<>();
        StringBuilder text = new StringBuilder(first.get());
        while (text.length() < LineReader.LONGEST) {
            Optional<String> line = lines.next();
            if (line.isEmpty()) {
                break;
            }
            more.add(line.get());
            text.append('\n').append(line.get());
            if (!CsvText.isClosed(line.get())) {
                return Optional.of(text.toString());
            }
        }
        more.reversed().forEach(lines::giveBack);
        return first;
    }
}
