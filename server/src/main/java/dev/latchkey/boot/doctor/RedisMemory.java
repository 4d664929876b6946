package dev.latchkey.boot.doctor;

import dev.latchkey.core.Problem;
import dev.latchkey.redis.Redis;
import dev.latchkey.redis.RedisConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Redis keeps counts against guessing: when it is full it must refuse new ones, not forget old ones. */
final class RedisMemory implements Check {
    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .configuration()
                .redis()
                .map(config -> judged(installation, config))
                .orElse(List.of());
    }

    private List<Finding> judged(Installation installation, RedisConfig config) {
        List<Finding> findings = new ArrayList<>();
        try (Redis redis = new Redis(config, installation.clock())) {
            redis.start();
            redis.awaitTried();
            for (Map.Entry<String, String> node : redis.evictionPolicies().entrySet()) {
                if (!node.getValue().equals("noeviction")) {
                    findings.addAll(
                            fail(
                                    "Redis at " + node.getKey() + " has maxmemory-policy " + node.getValue()
                                            + ": strangers can push out the counts that hold others' guessing back. Set it to noeviction."));
                }
            }
        } catch (Problem away) {
            return fail(
                    "Redis does not answer: logins and sign-ups that need its counts get 503. Check redis.host and that it"
                            + " runs.");
        }
        boolean near = config.nodes().stream().allMatch(node -> Addresses.isLoopback(node.host()));
        if (!near && (config.login().password().isEmpty() || !config.tls())) {
            findings.addAll(warn("Redis is on another machine, and the way there has no "
                    + (config.tls() ? "password" : "TLS") + ". Set redis.password and redis.tls."));
        }
        return findings.isEmpty() ? ok("Redis answers and evicts nothing.") : findings;
    }
}
