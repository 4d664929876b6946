package dev.latchkey.boot;

import dev.latchkey.access.Revocations;
import dev.latchkey.boot.logging.Logging;
import dev.latchkey.metrics.Metrics;

/** What operators watch beyond the requests, which the edge measures itself. */
final class Gauges {
    private Gauges() {}

    static void register(Metrics metrics, Services services, Revocations revocations) {
        metrics.gauge(
                "latchkey_password_hash_waiting",
                "Logins and sign-ups that wait for a hashing thread.",
                services.passwords::waiting);
        metrics.gauge("latchkey_password_hash_running", "Hashes being computed.", services.passwords::hashing);
        metrics.counter(
                "latchkey_password_hash_refused_total",
                "Requests answered 503 because too many waited for hashing.",
                services.passwords::refused);
        metrics.gauge(
                "latchkey_change_log_lag_seconds",
                "Age of the last good look at the change log.",
                () -> services.changes.lag().toMillis() / 1000.0);
        services.redis.ifPresent(redis -> metrics.gauge(
                "latchkey_redis_up", "1 while Redis answers, 0 while it is away.", () -> redis.isAnswering() ? 1 : 0));
        metrics.gauge(
                "latchkey_outbox_queued",
                "Messages still to be sent.",
                () -> services.outbox.counts().queued());
        metrics.gauge(
                "latchkey_outbox_dead",
                "Messages given up, kept for a week.",
                () -> services.outbox.counts().dead());
        metrics.gauge(
                "latchkey_database_waiting",
                "Callers that wait for their turn to write or for a connection.",
                services.database::waiting);
        metrics.counter(
                "latchkey_log_dropped_total", "Log lines given up because the output was too slow.", Logging::dropped);
        metrics.gauge("latchkey_revocations", "Revoked sessions and raised epochs held.", revocations::size);
    }
}
