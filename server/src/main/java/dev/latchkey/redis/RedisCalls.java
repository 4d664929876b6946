package dev.latchkey.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What this server asks of Redis. Fails at once while Redis is known to be away, and tells the link what went wrong. */
final class RedisCalls {
    private static final Logger LOG = System.getLogger(RedisCalls.class.getName());

    private final RedisLink link;
    private final String place;
    private final Duration timeout;

    RedisCalls(RedisConfig config, RedisLink link) {
        this.link = link;
        this.place = config.place();
        this.timeout = config.timeout();
    }

    /** @throws RedisAwayException when Redis is away, or will not do it */
    <T extends @Nullable Object> T call(Function<RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command) {
        return on(open -> command.apply(open.commands()));
    }

    /**
     * Runs the script; empty where it answers nothing.
     *
     * @throws RedisAwayException when Redis is away, or will not do it
     */
    <T> Optional<T> run(Script script, ScriptOutputType answer, String[] keys, String... arguments) {
        try {
            return Optional.ofNullable(
                    this.<@Nullable T>call(redis -> redis.evalsha(script.digest(), answer, keys, arguments)));
        } catch (Unknown restarted) {
            return Optional.ofNullable(
                    this.<@Nullable T>call(redis -> redis.eval(script.text(), answer, keys, arguments)));
        }
    }

    /** Does not wait and does not fail: for what may be lost. */
    void send(Function<RedisClusterAsyncCommands<String, String>, RedisFuture<?>> command) {
        Optional<RedisConnection> open = link.open();
        if (open.isEmpty()) {
            return;
        }
        try {
            command.apply(open.get().commands()).whenComplete((done, failed) -> {
                if (failed != null) {
                    LOG.log(Level.DEBUG, "not sent to Redis: {0}", failed.getMessage());
                }
            });
        } catch (RedisException lost) {
            LOG.log(Level.DEBUG, "not sent to Redis: {0}", lost.getMessage());
        }
    }

    /**
     * What every node that holds data says of its memory, by address.
     *
     * @throws RedisAwayException when Redis is away, or will not do it
     */
    Map<String, String> memory() {
        Map<String, RedisFuture<String>> asked =
                link.open().map(open -> open.memory().get()).orElse(Map.of());
        Map<String, String> answers = new LinkedHashMap<>();
        asked.forEach((node, answer) -> answers.put(node, this.<String>on(same -> answer)));
        if (answers.isEmpty()) {
            throw new RedisAwayException(place + " does not answer");
        }
        return answers;
    }

    private <T extends @Nullable Object> T on(Function<RedisConnection, RedisFuture<T>> command) {
        RedisConnection open = link.open().orElseThrow(() -> new RedisAwayException(place + " does not answer"));
        try {
            return await(command.apply(open), timeout);
        } catch (RedisNoScriptException restarted) {
            throw new Unknown();
        } catch (RedisReadOnlyException demoted) {
            link.suspend("it is not the master any more", true);
            throw new RedisAwayException(place + " is not the master any more");
        } catch (RedisCommandExecutionException refused) {
            link.complain(String.valueOf(refused.getMessage()));
            throw new RedisAwayException(place + " refuses: " + refused.getMessage());
        } catch (TimeoutException silent) {
            link.suspend("no answer within " + timeout.toMillis() + " ms", false);
            throw new RedisAwayException(place + " did not answer within " + timeout.toMillis() + " ms");
        } catch (RedisException lost) {
            link.suspend(RedisLink.reason(lost), false);
            throw new RedisAwayException(place + " cannot be reached: " + RedisLink.reason(lost));
        }
    }

    /**
     * The answer, once it is there.
     *
     * @throws RedisException what Redis or the connection to it said instead
     */
    static <T extends @Nullable Object> T await(RedisFuture<T> answer, Duration timeout) throws TimeoutException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RedisException reason) {
                throw reason;
            }
            throw new RedisException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RedisAwayException("interrupted");
        } finally {
            answer.cancel(false);
        }
    }

    /** Redis was restarted since it last saw a script. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super("no such script", null, false, false);
        }
    }
}
