package dev.latchkey.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.EmailAddress;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Describes records as JSON Schema 2020-12, each one once under its own name. Follows what {@link Json} writes and reads. */
final class JsonSchemas {
    private static final String PREFIX = "#/components/schemas/";

    private final Map<String, Class<?>> named = new TreeMap<>();
    private final Map<String, Map<String, Object>> schemas = new TreeMap<>();

    /** Everything that was referred to so far. */
    Map<String, Map<String, Object>> all() {
        return schemas;
    }

    void add(String name, Map<String, Object> schema) {
        schemas.put(name, schema);
    }

    static Map<String, Object> reference(String name) {
        return Ordered.map("$ref", PREFIX + name);
    }

    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> simple)) {
            return Ordered.map();
        }
        if (simple.isArray()) {
            return Ordered.map("type", "array", "items", of(simple.getComponentType()));
        }
        if (simple.isRecord() && !Json.isWrittenAsText(simple)) {
            return reference(register(simple));
        }
        if (simple.isSealed()) {
            return Ordered.map(
                    "oneOf",
                    Arrays.stream(simple.getPermittedSubclasses()).map(this::of).toList());
        }
        return ofPlain(simple);
    }

    private Map<String, Object> ofGeneric(ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (!(generic.getRawType() instanceof Class<?> raw)) {
            return Ordered.map();
        }
        if (raw == Optional.class) {
            return of(arguments[0]);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return Ordered.map("type", "array", "items", of(arguments[0]));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return Ordered.map("type", "object", "additionalProperties", of(arguments[1]));
        }
        return Ordered.map();
    }

    private static Map<String, Object> ofPlain(Class<?> type) {
        if (type.isEnum()) {
            List<String> names =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
            return Ordered.map("type", "string", "enum", names);
        }
        if (Json.isWrittenAsText(type)) {
            return type == EmailAddress.class
                    ? text("email")
                    : type == ClientId.class ? Ordered.map("type", "string") : text("uuid");
        }
        return switch (type.getName()) {
            case "java.lang.String" -> Ordered.map("type", "string");
            case "boolean", "java.lang.Boolean" -> Ordered.map("type", "boolean");
            case "int", "java.lang.Integer", "java.util.OptionalInt" ->
                Ordered.map("type", "integer", "format", "int32");
            case "long", "java.lang.Long", "java.util.OptionalLong" ->
                Ordered.map("type", "integer", "format", "int64");
            case "double", "java.lang.Double" -> Ordered.map("type", "number");
            case "java.time.Instant" -> text("date-time");
            case "java.net.URI" -> text("uri");
            default -> Ordered.map();
        };
    }

    private String register(Class<?> type) {
        String name = name(type);
        if (named.putIfAbsent(name, type) == null) {
            schemas.put(name, ofRecord(type));
        }
        return name;
    }

    private Map<String, Object> ofRecord(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            properties.put(name, of(component.getGenericType()));
            if (isRequired(component)) {
                required.add(name);
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static boolean isRequired(RecordComponent component) {
        Class<?> type = component.getType();
        boolean optional = type == Optional.class || type == OptionalInt.class || type == OptionalLong.class;
        return !optional && !type.isPrimitive() && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null || renamed.value().isEmpty() ? component.getName() : renamed.value();
    }

    /** Two features may each have a record {@code Answer}; the second is named after its feature too. */
    private String name(Class<?> type) {
        String simple = type.getSimpleName();
        Class<?> holder = named.get(simple);
        if (holder == null || holder == type) {
            return simple;
        }
        Class<?> enclosing = type.getEnclosingClass();
        String prefix = enclosing == null
                ? type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1)
                : enclosing.getSimpleName().replace("Routes", "");
        return Character.toUpperCase(prefix.charAt(0)) + prefix.substring(1) + simple;
    }

    private static Map<String, Object> text(String format) {
        return Ordered.map("type", "string", "format", format);
    }
}
