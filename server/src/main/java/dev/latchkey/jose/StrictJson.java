package dev.latchkey.jose;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON objects to and from maps of String, Long, Double, Boolean, List and Map. Null is refused: nothing of ours holds it. */
final class StrictJson {
    private static final int MAX_DEPTH = 8;

    // Loaded with the first token, not at start.
    private static final class Factory {
        static final JsonFactory INSTANCE = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
    }

    private StrictJson() {}

    /** @throws MalformedTokenException unless {@code json} is one object without duplicate members, and nothing after it */
    static Map<String, Object> read(byte[] json) {
        // Also keeps Jackson from guessing another encoding than UTF-8.
        if (json.length < 2 || json[0] != '{' || json[1] == 0) {
            throw new MalformedTokenException("not a JSON object");
        }
        try (JsonParser parser = Factory.INSTANCE.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            Map<String, Object> members = object(parser);
            if (parser.nextToken() != null) {
                throw new MalformedTokenException("text after the JSON object");
            }
            return members;
        } catch (JacksonException e) {
            throw new MalformedTokenException("not strict JSON");
        }
    }

    static byte[] write(Map<String, ?> members) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = Factory.INSTANCE.createGenerator(ObjectWriteContext.empty(), json)) {
            write(generator, members);
        }
        return json.toByteArray();
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> throw new MalformedTokenException("unexpected JSON");
        };
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static void write(JsonGenerator generator, Object value) {
        switch (value) {
            case String text -> generator.writeString(text);
            case Long number -> generator.writeNumber(number);
            case Integer number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Boolean flag -> generator.writeBoolean(flag);
            case Map<?, ?> members -> {
                generator.writeStartObject();
                members.forEach((name, member) -> {
                    generator.writeName((String) name);
                    write(generator, member);
                });
                generator.writeEndObject();
            }
            case Iterable<?> items -> {
                generator.writeStartArray();
                items.forEach(item -> write(generator, item));
                generator.writeEndArray();
            }
            default ->
                throw new IllegalArgumentException(
                        "a claim cannot hold a " + value.getClass().getSimpleName());
        }
    }
}
