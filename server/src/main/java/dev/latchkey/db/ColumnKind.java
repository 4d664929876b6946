package dev.latchkey.db;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** What a column holds, read and written alike on both engines; SQLite has its booleans as 0 and 1. */
enum ColumnKind {
    TEXT(Types.VARCHAR) {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }

        @Override
        byte[] canonical(Object value) {
            return ((String) value).getBytes(StandardCharsets.UTF_8);
        }
    },
    NUMBER(Types.BIGINT) {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getLong(column);
        }

        @Override
        byte[] canonical(Object value) {
            return ByteBuffer.allocate(Long.BYTES).putLong((Long) value).array();
        }
    },
    BOOLEAN(Types.BOOLEAN) {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getBoolean(column);
        }

        @Override
        byte[] canonical(Object value) {
            return new byte[] {(byte) ((Boolean) value ? 1 : 0)};
        }
    },
    BYTES(Types.BINARY) {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getBytes(column);
        }

        @Override
        byte[] canonical(Object value) {
            return (byte[]) value;
        }
    };

    private final int sqlType;

    ColumnKind(int sqlType) {
        this.sqlType = sqlType;
    }

    /** @param type as PostgreSQL's {@code information_schema} names it */
    static ColumnKind of(String type) {
        return switch (type) {
            case "text" -> TEXT;
            case "bigint", "integer" -> NUMBER;
            case "boolean" -> BOOLEAN;
            case "bytea" -> BYTES;
            default -> throw new IllegalStateException("no column of Latchkey's is of type " + type);
        };
    }

    abstract @Nullable Object read(ResultSet row, int column) throws SQLException;

    abstract byte[] canonical(Object value);

    @Nullable
    Object readOrNull(ResultSet row, int column) throws SQLException {
        Object value = read(row, column);
        return row.wasNull() ? null : value;
    }

    void write(PreparedStatement statement, int column, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(column, sqlType);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(column, bytes);
        } else {
            statement.setObject(column, value, sqlType);
        }
    }

    /** Adds the value with its length and whether it is there, so that no two rows read the same. */
    void digest(MessageDigest digest, @Nullable Object value) {
        digest.update((byte) (value == null ? 0 : 1));
        if (value != null) {
            byte[] bytes = canonical(value);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
    }
}
