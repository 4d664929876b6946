package dev.latchkey.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    @Test
    @DisplayName(
            "CSV: quotes, doubled quotes, line ends within quotes, a byte order mark, CRLF, blank lines; with line numbers")
    void csv() throws IOException {
        List<FileRow> rows = rows(FileFormat.CSV, """
                \uFEFFE-Mail,name,user_metadata\r
                ada@example.com,"Lovelace, ""Ada""\nCountess","{""a"":1}"\r
                \r
                bob@example.com,,
                """);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).line()).isEqualTo(2);
        assertThat(values(rows.get(0)))
                .isEqualTo(Map.of(
                        UserColumn.EMAIL, "ada@example.com",
                        UserColumn.NAME, "Lovelace, \"Ada\"\nCountess",
                        UserColumn.USER_METADATA, "{\"a\":1}"));
        assertThat(rows.get(1).line()).isEqualTo(5);
        assertThat(values(rows.get(1))).isEqualTo(Map.of(UserColumn.EMAIL, "bob@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"email;name\na@b.c;Ada\n", "email\tname\na@b.c\tAda\n"})
    @DisplayName("CSV: semicolons and tabs part fields as well")
    void separators(String text) throws IOException {
        assertThat(values(rows(FileFormat.CSV, text).getFirst()))
                .isEqualTo(Map.of(UserColumn.EMAIL, "a@b.c", UserColumn.NAME, "Ada"));
    }

    @Test
    @DisplayName("CSV: a quote that is never closed costs its own row only")
    void openQuote() throws IOException {
        List<FileRow> rows = rows(FileFormat.CSV, "email,name\na@b.c,\"Ada\nb@b.c,Bob\nc@b.c,\"Cy\"\n");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).isInstanceOf(FileRow.Unreadable.class);
        assertThat(rows.get(0).line()).isEqualTo(2);
        assertThat(values(rows.get(1))).containsEntry(UserColumn.NAME, "Bob");
        assertThat(values(rows.get(2))).containsEntry(UserColumn.NAME, "Cy");
        assertThat(rows.get(2).line()).isEqualTo(4);
    }

    @Test
    @DisplayName("CSV: a row with too few or too many fields is not guessed at")
    void fieldCount() throws IOException {
        List<FileRow> rows = rows(FileFormat.CSV, "email,name\na@b.c\nb@b.c,Bob,x\n");
        assertThat(rows).hasSize(2).allMatch(FileRow.Unreadable.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name\nAda\n", "email,password\n", "email,colour\n", "email,roles,role\n", "\"email\n"})
    @DisplayName("CSV: a header that is no header, or names what no user has, refuses the file")
    void header(String text) {
        assertThatThrownBy(() -> rows(FileFormat.CSV, text))
                .isInstanceOf(UserFileException.class)
                .message()
                .endsWith(".");
    }

    @Test
    @DisplayName("JSON lines: JSON's own values and texts alike; what is no object is told by its line")
    void json() throws IOException {
        List<FileRow> rows = rows(FileFormat.JSONL, """
                {"email":"a@b.c","emailVerified":true,"roles":["ADMIN","USER"],"userMetadata":{"a":[1]},"name":null}

                [1]
                {"email":"a@b.c"
                {"email":"a@b.c","email":"b@b.c"}
                {"email":"a@b.c","colour":"red"}
                {"email":"a@b.c"} trailing
                """);
        assertThat(values(rows.getFirst()))
                .isEqualTo(Map.of(
                        UserColumn.EMAIL, "a@b.c",
                        UserColumn.EMAIL_VERIFIED, "true",
                        UserColumn.ROLES, "ADMIN USER",
                        UserColumn.USER_METADATA, "{\"a\":[1]}"));
        assertThat(rows.subList(1, rows.size())).hasSize(5).allMatch(FileRow.Unreadable.class::isInstance);
        assertThat(rows).extracting(FileRow::line).containsExactly(1L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    @DisplayName("a line that is longer than any user is cut, not held")
    void longLine() throws IOException {
        String text = "{\"email\":\"" + "x".repeat(1 << 20) + "\"}\n{\"email\":\"a@b.c\"}\n";
        List<FileRow> rows = rows(FileFormat.JSONL, text);
        assertThat(rows.get(0)).isInstanceOf(FileRow.Unreadable.class);
        assertThat(rows.get(0).raw()).hasSizeLessThanOrEqualTo(LineReader.LONGEST);
        assertThat(values(rows.get(1))).containsEntry(UserColumn.EMAIL, "a@b.c");
    }

    @Test
    @DisplayName("a rejected row can be read again, with another reason in place of the first")
    void rejected() throws IOException {
        for (FileFormat format : FileFormat.values()) {
            String text =
                    format == FileFormat.CSV ? "email,name\nx,\"A, B\"\n" : "{\"email\":\"x\",\"name\":\"A, B\"}\n";
            UserRows rows = reader(format, text);
            FileRow row = rows.next().orElseThrow();
            String once = rows.rejectsHeader() + rows.rejected(row, "first, reason") + "\n";
            UserRows again = reader(format, once);
            FileRow reread = again.next().orElseThrow();
            assertThat(values(reread)).containsEntry(UserColumn.REJECTED_BECAUSE, "first, reason");
            String twice = again.rejectsHeader() + again.rejected(reread, "second") + "\n";
            assertThat(values(reader(format, twice).next().orElseThrow()))
                    .isEqualTo(Map.of(
                            UserColumn.EMAIL, "x",
                            UserColumn.NAME, "A, B",
                            UserColumn.REJECTED_BECAUSE, "second"));
        }
    }

    private static UserRows reader(FileFormat format, String text) {
        return UserRows.of(format, new ByteArrayInputStream(text.getBytes(UTF_8)), false);
    }

    private static List<FileRow> rows(FileFormat format, String text) throws IOException {
        UserRows rows = reader(format, text);
        List<FileRow> all = new ArrayList<>();
        for (Optional<FileRow> row = rows.next(); row.isPresent(); row = rows.next()) {
            all.add(row.get());
        }
        return all;
    }

    private static Map<UserColumn, String> values(FileRow row) {
        assertThat(row).isInstanceOf(FileRow.Fields.class);
        return ((FileRow.Fields) row).values();
    }
}
