package dev.latchkey.transfer;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON lines: an object a line. Values may be JSON's own (booleans, arrays, objects) or the texts that a CSV file would hold. */
final class JsonRows implements UserRows {

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final LineReader lines;
    private final boolean ignoreUnknown;

    /** @param ignoreUnknown passes over fields that no user has, instead of rejecting the row */
    JsonRows(LineReader lines, boolean ignoreUnknown) {
        this.lines = lines;
        this.ignoreUnknown = ignoreUnknown;
    }

    @Override
    public Optional<FileRow> next() throws IOException {
        Optional<String> line = lines.next();
        while (line.isPresent() && line.get().isBlank()) {
            line = lines.next();
        }
        return line.map(this::row);
    }

    @Override
    public String rejectsHeader() {
        return "";
    }

    @Override
    public String rejected(FileRow row, String because) {
        try {
            if (json.readTree(row.raw()) instanceof ObjectNode object) {
                return json.writeValueAsString(object.put(UserColumn.REJECTED_BECAUSE.label(), because));
            }
        } catch (JacksonException broken) {
            return raw(row, because);
        }
        return raw(row, because);
    }

    private String raw(FileRow row, String because) {
        return json.writeValueAsString(json.createObjectNode()
                .put("rejectedLine", row.raw())
                .put(UserColumn.REJECTED_BECAUSE.label(), because));
    }

    private FileRow row(String raw) {
        JsonNode node;
        try {
            node = json.readTree(raw);
        } catch (JacksonException broken) {
            return unreadable(raw, "it is not JSON: " + broken.getOriginalMessage());
        }
        if (!node.isObject()) {
            return unreadable(raw, "it is not a JSON object");
        }
        Map<UserColumn, String> values = new EnumMap<>(UserColumn.class);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Optional<UserColumn> column = UserColumn.of(field.getKey());
            if (column.isEmpty() && !ignoreUnknown) {
                return unreadable(raw, Unknown.message(field.getKey()));
            }
            if (column.isPresent() && !text(field.getValue()).isBlank()) {
                String twin = values.put(column.get(), text(field.getValue()));
                if (twin != null) {
                    return unreadable(
                            raw, "two of its fields mean " + column.get().label());
                }
            }
        }
        return new FileRow.Fields(lines.number(), raw, values);
    }

    private FileRow unreadable(String raw, String complaint) {
        return new FileRow.Unreadable(lines.number(), raw, complaint);
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        boolean words = value.isArray() && value.valueStream().allMatch(JsonNode::isString);
        if (words) {
            return value.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
        }
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
