package dev.latchkey.db;

import dev.latchkey.core.ClientId;
import dev.latchkey.core.EventId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.argument.NullArgument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

/** What a Java value is in a column, the same on both engines: times are BIGINT epoch milliseconds, ids are TEXT. */
final class PortableTypes implements ArgumentFactory.Preparable {
    private static final Map<Type, Function<Object, Argument>> ARGUMENTS = Map.of(
            Instant.class, value -> number((Instant) value),
            TenantId.class, PortableTypes::text,
            UserId.class, PortableTypes::text,
            SessionId.class, PortableTypes::text,
            ClientId.class, PortableTypes::text,
            EventId.class, PortableTypes::text);

    private PortableTypes() {}

    static Jdbi install(Jdbi jdbi) {
        jdbi.registerArgument(new PortableTypes());
        jdbi.registerColumnMapper(Instant.class, (rows, column, context) -> {
            long millis = rows.getLong(column);
            return rows.wasNull() ? null : Instant.ofEpochMilli(millis);
        });
        column(jdbi, TenantId.class, TenantId::of);
        column(jdbi, UserId.class, UserId::new);
        column(jdbi, SessionId.class, SessionId::new);
        column(jdbi, ClientId.class, ClientId::of);
        column(jdbi, EventId.class, EventId::new);
        // Bound values are hashes, addresses and sealed bytes: no exception may carry them into a log.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.getConfig(SqlStatements.class).setIncludeBindingsInTelemetry(false);
        // Transactions are begun and ended in this package, not by JDBI.
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
        return jdbi;
    }

    private static <I> void column(Jdbi jdbi, Class<I> type, Function<String, I> read) {
        jdbi.registerColumnMapper(type, (rows, column, context) -> {
            String value = rows.getString(column);
            return value == null ? null : read.apply(value);
        });
    }

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        return Optional.ofNullable(ARGUMENTS.get(type));
    }

    @Override
    public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
        return prepare(type, config).map(argument -> argument.apply(value));
    }

    private static Argument number(@Nullable Instant value) {
        return value == null
                ? new NullArgument(Types.BIGINT)
                : (position, statement, context) -> statement.setLong(position, value.toEpochMilli());
    }

    private static Argument text(@Nullable Object value) {
        return value == null
                ? new NullArgument(Types.VARCHAR)
                : (position, statement, context) -> statement.setString(position, value.toString());
    }
}
