package dev.latchkey.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Race;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final String JOB = "reaper";

    private final TestDatabase database = TestDatabase.on(Engine.POSTGRESQL);
    private final AtomicLong nanos = new AtomicLong();

    private final class Node {
        final Leases leases;
        final BooleanSupplier turn;

        Node(String name) {
            leases = new Leases(database.database(), name, nanos::get);
            turn = leases.turn(JOB);
        }

        boolean holds() {
            return turn.getAsBoolean();
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    @DisplayName("the first node to look has the job, another does not while the first lives")
    void oneHolder() {
        Node first = new Node("first");
        Node second = new Node("second");
        for (int round = 0; round < 20; round++) {
            first.leases.look();
            second.leases.look();
            assertThat(first.holds()).isTrue();
            assertThat(second.holds()).isFalse();
            pass(Duration.ofSeconds(2));
        }
    }

    @Test
    @DisplayName("of fifty nodes that look at once one has the job")
    void race() {
        ConcurrentLinkedQueue<Node> waiting = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(new Node("node " + i));
        }
        List<Node> nodes = new ArrayList<>(waiting);
        Race.of(50, () -> {
            waiting.remove().leases.look();
            return true;
        });
        assertThat(nodes.stream().filter(Node::holds)).hasSize(1);
    }

    @Test
    @DisplayName("a holder that died is followed by one other, after ten silent seconds")
    void takeover() {
        Node dead = new Node("dead");
        Node second = new Node("second");
        Node third = new Node("third");
        dead.leases.look();
        second.leases.look();
        third.leases.look();
        pass(Duration.ofMillis(9_999));
        second.leases.look();
        assertThat(second.holds()).isFalse();
        pass(Duration.ofMillis(1));
        second.leases.look();
        third.leases.look();
        assertThat(second.holds()).isTrue();
        assertThat(third.holds()).isFalse();
    }

    @Test
    @DisplayName("a holder that was paused does not hold the job when it wakes, and does not get it back")
    void paused() {
        Node paused = new Node("paused");
        Node second = new Node("second");
        paused.leases.look();
        second.leases.look();
        pass(Duration.ofSeconds(10));
        assertThat(paused.holds()).as("before anybody told it").isFalse();
        second.leases.look();
        paused.leases.look();
        assertThat(paused.holds()).isFalse();
        assertThat(second.holds()).isTrue();
        pass(Duration.ofSeconds(2));
        second.leases.look();
        paused.leases.look();
        assertThat(second.holds()).isTrue();
        assertThat(paused.holds()).isFalse();
    }

    @Test
    @DisplayName("a holder that cannot reach the database stops before another begins")
    void cutOff() {
        Node cutOff = new Node("cut off");
        Node second = new Node("second");
        cutOff.leases.look();
        second.leases.look();
        pass(Duration.ofSeconds(6));
        assertThat(cutOff.holds()).isFalse();
        second.leases.look();
        assertThat(second.holds()).isFalse();
    }

    @Test
    @DisplayName("a node that stops lets go, and the next to look has the job")
    void letsGo() {
        Node stopping = new Node("stopping");
        stopping.leases.look();
        stopping.leases.start();
        stopping.leases.close();
        assertThat(stopping.holds()).isFalse();
        Node second = new Node("second");
        second.leases.look();
        assertThat(second.holds()).isTrue();
    }

    @Test
    @DisplayName("on SQLite the one node does every job and writes nothing")
    void alone() {
        try (TestDatabase sqlite = TestDatabase.on(Engine.SQLITE);
                Leases leases = new Leases(sqlite.database(), "only")) {
            BooleanSupplier turn = leases.turn(JOB);
            leases.start();
            assertThat(turn.getAsBoolean()).isTrue();
            List<LeaseStore.Seen> written = sqlite.database().read(new LeaseStore()::all);
            assertThat(written).isEmpty();
        }
    }
}
