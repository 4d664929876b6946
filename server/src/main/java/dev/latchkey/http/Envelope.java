package dev.latchkey.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.core.HumanChallenge;
import dev.latchkey.core.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The native bodies: every answer tells whether it is a success, and when and under which request id it was given. */
final class Envelope {
    private static final String VERSION = "v1";

    record Meta(Instant timestamp, String version, String requestId) {}

    /** Page and totals only where the list is paged by number. */
    record Pages(OptionalInt page, int limit, OptionalLong total, OptionalLong totalPages, Optional<String> cursor) {
        static Pages of(Pagination pagination) {
            return new Pages(
                    pagination.page() > 0 ? OptionalInt.of(pagination.page()) : OptionalInt.empty(),
                    pagination.limit(),
                    pagination.total(),
                    pagination.totalPages(),
                    pagination.cursor());
        }
    }

    record Success(
            boolean success,
            @JsonInclude(JsonInclude.Include.ALWAYS) Object data,
            Meta meta,
            Optional<Pages> pagination) {}

    record Failure(boolean success, Detail error, String message, Meta meta) {}

    record Detail(String code, String message, List<FieldError> details, Optional<HumanChallenge> challenge) {}

    /** One rejected field: its name as sent, a stable code, and what to do. */
    record FieldError(String field, String code, String message) {
        static FieldError of(dev.latchkey.core.FieldError error) {
            return new FieldError(error.field(), error.code(), error.text());
        }
    }

    private final Clock clock;

    Envelope(Clock clock) {
        this.clock = clock;
    }

    Success success(Object data, String requestId) {
        return new Success(true, data, meta(requestId), Optional.empty());
    }

    Success listing(List<?> items, Pagination pagination, String requestId) {
        return new Success(true, items, meta(requestId), Optional.of(Pages.of(pagination)));
    }

    Failure failure(Problem problem, String requestId) {
        String message = problem.publicMessage();
        List<FieldError> details =
                problem.details().stream().map(FieldError::of).toList();
        Detail detail = new Detail(problem.code().name(), message, details, problem.challenge());
        return new Failure(false, detail, message, meta(requestId));
    }

    private Meta meta(String requestId) {
        return new Meta(clock.instant().truncatedTo(ChronoUnit.MILLIS), VERSION, requestId);
    }
}
