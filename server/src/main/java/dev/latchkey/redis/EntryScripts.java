package dev.latchkey.redis;

/**
 * The steps on entries. {@code KEYS}: the entry, its index. {@code ARGV}: the time now, then what each step names; times in epoch
 * milliseconds.
 */
final class EntryScripts {
    /**
     * Answers {@code full} where there is no room among what expired either. Otherwise writes nothing: once a script has
     * written, Redis lets it go on beyond its memory limit.
     */
    private static final String ROOM = """
            if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then
                redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
                if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then
                    return full
                end
            end
            """;

    /** Both keys go by themselves when nobody needs them any more; the index with its last entry, and what expired before. */
    private static final String LIFETIME = """
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            redis.call('ZADD', KEYS[2], ARGV[2], ARGV[5])
            if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[3]) then
                redis.call('PEXPIRE', KEYS[2], ARGV[3])
            end
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
            """;

    /** ARGV: now, expiry, milliseconds to keep it, capacity, key, value. Answers 1, or 0 when full. */
    final Script put = Script.of("""
            local full = 0
            local expiry = redis.call('HGET', KEYS[1], 'e')
            if not expiry or tonumber(expiry) <= tonumber(ARGV[1]) then
            """ + ROOM + """
            end
            redis.call('HSET', KEYS[1], 'v', ARGV[6], 't', 0, 'e', ARGV[2])
            """ + LIFETIME + """
            return 1
            """);

    /** ARGV: now, window's end, milliseconds to keep it, capacity, key. Answers tally and window's end, or nothing when full. */
    final Script increment = Script.of("""
            local full = {}
            local expiry = redis.call('HGET', KEYS[1], 'e')
            if expiry and tonumber(expiry) > tonumber(ARGV[1]) then
                return {redis.call('HINCRBY', KEYS[1], 't', 1), tonumber(expiry)}
            end
            """ + ROOM + """
            redis.call('HSET', KEYS[1], 'v', '', 't', 1, 'e', ARGV[2])
            """ + LIFETIME + """
            return {1, tonumber(ARGV[2])}
            """);

    /** ARGV: now. */
    final Script decrement = Script.of("""
            local old = redis.call('HMGET', KEYS[1], 't', 'e')
            if old[2] and tonumber(old[2]) > tonumber(ARGV[1]) and tonumber(old[1]) > 0 then
                redis.call('HINCRBY', KEYS[1], 't', -1)
            end
            return 0
            """);

    /** ARGV: now, key. Answers the value, or nothing. */
    final Script take = Script.of("""
            local old = redis.call('HMGET', KEYS[1], 'v', 'e')
            if not old[2] then
                return false
            end
            redis.call('DEL', KEYS[1])
            redis.call('ZREM', KEYS[2], ARGV[2])
            return tonumber(old[2]) > tonumber(ARGV[1]) and old[1]
            """);
}
