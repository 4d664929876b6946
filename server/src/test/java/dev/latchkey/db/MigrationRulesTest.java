package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers of the version before go on working while the new one migrates: a migration only adds, or says that it takes away by
 * raising {@code schema_floor}, which keeps those servers from starting.
 */
class MigrationRulesTest {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");
    private static final Pattern CREATED = Pattern.compile("\\bcreate\\s+(?:\\$\\{unlogged\\}\\s+)?table\\s+(\\w+)");
    private static final Pattern UNIQUE_INDEX = Pattern.compile("\\bcreate\\s+unique\\s+index\\s+\\w+\\s+on\\s+(\\w+)");
    private static final Pattern RAISES =
            Pattern.compile("\\bupdate\\s+schema_floor\\s+set\\s+must_know\\s*=\\s*(\\d+)");
    private static final Pattern ADDED_COLUMN =
            Pattern.compile("\\badd\\s+(?:column\\s+)?\\w+[^,]*\\bnot\\s+null\\b[^,]*");
    private static final List<Pattern> TAKES_AWAY = List.of(
            Pattern.compile("\\bdrop\\s+(?!index\\b)"),
            Pattern.compile("\\brename\\b"),
            Pattern.compile("\\balter\\s+(?:column\\s+)?\\w+\\s+(?:set\\s+not\\s+null|(?:set\\s+data\\s+)?type)\\b"),
            Pattern.compile("\\badd\\s+(?:constraint|check|unique|primary|foreign)\\b"),
            Pattern.compile("\\bcreate\\s+(?:constraint\\s+)?trigger\\b"));

    /** What servers that do not know this migration could not live with; empty where it only adds. */
    private static List<String> takesAway(String sql) {
        String text = COMMENT.matcher(sql).replaceAll("").toLowerCase(Locale.ROOT);
        List<String> created =
                CREATED.matcher(text).results().map(it -> it.group(1)).toList();
        List<String> found = new ArrayList<>();
        for (String statement : text.split(";")) {
            TAKES_AWAY.stream()
                    .filter(pattern -> pattern.matcher(statement).find())
                    .forEach(pattern -> found.add(statement.strip()));
            ADDED_COLUMN
                    .matcher(statement)
                    .results()
                    .filter(it ->
                            statement.contains("alter table") && !it.group().contains("default"))
                    .forEach(it -> found.add(it.group().strip()));
            UNIQUE_INDEX
                    .matcher(statement)
                    .results()
                    .filter(it -> !created.contains(it.group(1)))
                    .forEach(it -> found.add(it.group().strip()));
        }
        return found;
    }

    private static SortedMap<Integer, String> texts() throws IOException {
        SortedMap<Integer, String> texts = new TreeMap<>();
        for (var file : MigrationFiles.all().entrySet()) {
            try (BufferedReader reader = new BufferedReader(MigrationFiles.open(file.getValue()))) {
                texts.put(file.getKey(), reader.lines().collect(Collectors.joining("\n")));
            }
        }
        return texts;
    }

    @Test
    @DisplayName("a migration that takes away says so, and names one that the version before it has")
    void everyMigration() throws IOException {
        SortedMap<Integer, String> texts = texts();
        assertThat(texts).hasSizeGreaterThan(13);
        texts.forEach((version, sql) -> {
            Matcher raises = RAISES.matcher(sql.toLowerCase(Locale.ROOT));
            if (raises.find()) {
                assertThat(texts.headMap(version))
                        .as("%04d raises the floor to a migration before it", version)
                        .containsKey(Integer.valueOf(raises.group(1)));
            } else {
                assertThat(takesAway(sql))
                        .as("%04d breaks servers of the version before; see CONTRIBUTING.md, 'A migration'", version)
                        .isEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE session DROP COLUMN methods",
                "DROP TABLE link",
                "ALTER TABLE session RENAME COLUMN mode TO kind",
                "ALTER TABLE session RENAME TO visit",
                "ALTER TABLE session ADD COLUMN color ${text} NOT NULL",
                "ALTER TABLE session ADD color ${text} NOT NULL, ADD COLUMN size ${bigint} NOT NULL DEFAULT 0",
                "ALTER TABLE session ALTER COLUMN mode SET NOT NULL",
                "ALTER TABLE session ALTER COLUMN mode TYPE BIGINT",
                "ALTER TABLE session ADD CONSTRAINT known CHECK (mode <> '')",
                "CREATE UNIQUE INDEX session_user ON session (user_id)",
                "CREATE TRIGGER watch BEFORE INSERT ON session EXECUTE FUNCTION f()"
            })
    @DisplayName("what would break servers of the version before is recognised")
    void recognises(String sql) {
        assertThat(takesAway("CREATE TABLE other (id ${text} PRIMARY KEY);\n" + sql + ";"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE session ADD COLUMN color ${text}",
                "ALTER TABLE session ADD COLUMN color ${text} NOT NULL DEFAULT 'red'",
                "CREATE INDEX session_user ON session (user_id)",
                "CREATE TABLE visit (id ${text} NOT NULL PRIMARY KEY, who ${text} NOT NULL)",
                "CREATE TABLE visit (id ${text}); CREATE UNIQUE INDEX visit_id ON visit (id)",
                "DROP INDEX session_user",
                "-- we would like to drop table session\nUPDATE session SET methods = 'pwd' WHERE methods = ''"
            })
    @DisplayName("what only adds is let through")
    void letsThrough(String sql) {
        assertThat(takesAway(sql)).isEmpty();
    }
}
