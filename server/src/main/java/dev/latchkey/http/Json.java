package dev.latchkey.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.EventId;
import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON in and out. Reads strictly: no scalar is turned into another type, no name may come twice, depth and lengths are bounded;
 * unknown fields are ignored. Writes records with their component names ({@code @JsonProperty} renames one), typed ids as text,
 * times as RFC 3339, and leaves empty Optionals out. The mapper is built on first use, because that takes long.
 */
public final class Json {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 100_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_NUMBER = 40;
    private static final List<Class<?>> WRITTEN_AS_TEXT = List.of(
            UserId.class,
            SessionId.class,
            PasskeyId.class,
            EventId.class,
            TenantId.class,
            ClientId.class,
            EmailAddress.class,
            ClientAddress.class);

    private volatile @Nullable JsonMapper mapper;

    /**
     * One object as a record whose compact constructor may refuse.
     *
     * @throws Problem 400 where it is not a JSON object, 422 where a field has the wrong type or the record refuses
     */
    public <T> T read(byte[] body, Class<T> type) {
        if (!startsObject(body)) {
            throw Problem.of(ErrorCode.MALFORMED_JSON);
        }
        try {
            return mapper().readValue(body, type);
        } catch (JacksonException e) {
            throw refusal(e);
        }
    }

    public byte[] write(Object value) {
        return mapper().writeValueAsBytes(value);
    }

    static boolean isWrittenAsText(Class<?> type) {
        return WRITTEN_AS_TEXT.contains(type);
    }

    private static boolean startsObject(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{';
            }
        }
        return false;
    }

    private static Problem refusal(JacksonException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isSyntax(cause)) {
                return Problem.of(ErrorCode.MALFORMED_JSON);
            }
        }
        String field = failure.getPath().stream().map(Json::step).collect(Collectors.joining());
        if (field.isEmpty()) {
            return Problem.of(ErrorCode.MALFORMED_JSON);
        }
        return Problem.invalid(
                field.startsWith(".") ? field.substring(1) : field,
                "invalid_type",
                "This field has the wrong type. See the API description at /api/docs.");
    }

    /** Bad syntax, a name that came twice, or one of the bounds; a number too large for its field is of the wrong type instead. */
    private static boolean isSyntax(Throwable cause) {
        boolean type = cause instanceof MismatchedInputException || cause instanceof InputCoercionException;
        return cause instanceof StreamConstraintsException || (cause instanceof StreamReadException && !type);
    }

    private static String step(JacksonException.Reference reference) {
        String name = reference.getPropertyName();
        return name == null ? "[" + reference.getIndex() + "]" : "." + name;
    }

    private JsonMapper mapper() {
        JsonMapper known = mapper;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            JsonMapper raced = mapper;
            if (raced != null) {
                return raced;
            }
            JsonMapper fresh = build();
            mapper = fresh;
            return fresh;
        }
    }

    private static JsonMapper build() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .build();
        SimpleModule ids = new SimpleModule("latchkey");
        for (Class<?> type : WRITTEN_AS_TEXT) {
            ids.addSerializer(type, ToStringSerializer.instance);
        }
        return JsonMapper.builder(factory)
                .addModule(ids)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build();
    }
}
