package dev.latchkey.boot.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.backup.BackupFile;
import dev.latchkey.backup.Manifest;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.Engine;
import dev.latchkey.db.ServerLock;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.http.TestCertificate;
import dev.latchkey.redis.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S1-70: what is around the server. */
class MachineChecksTest {
    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();

    @Test
    @DisplayName("S1-70 TLS on: an untrusted certificate fails, one that ends soon or cannot be seen is warned about")
    void certificate() throws Exception {
        TestCertificate good = TestCertificate.ec(folder);
        TestCertificate ending =
                TestCertificate.made(folder, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "5");
        clock.set(good.certificate().getNotBefore().toInstant().plusSeconds(60));
        String url;
        try (ServerSocket server = serving(good)) {
            url = "https://localhost:" + server.getLocalPort();
            site(url).fine(new Certificate(trusting(good)));
            site(url).fails(new Certificate(), "Browsers refuse");
        }
        site(url).warns(new Certificate(trusting(good)), "cannot be reached");
        try (ServerSocket server = serving(ending)) {
            site("https://localhost:" + server.getLocalPort()).warns(new Certificate(trusting(ending)), "Renew");
        }
        assertThat(Examined.in(folder).findings(new Certificate())).isEmpty();
        Path pem = Files.writeString(folder.resolve("broken.pem"), "no certificate");
        Examined.in(folder)
                .with("server.tls.certificate", pem.toString())
                .with("server.tls.key", pem.toString())
                .fails(new Certificate(), pem.toString());
    }

    @Test
    void memory() throws IOException {
        Examined here = Examined.in(folder);
        here.fine(new Memory(folder.resolve("no-linux")));
        Path group = controlGroup("self", "0::/", "sys/fs/cgroup/memory.max");
        Files.writeString(group, "max\n");
        here.fine(new Memory(folder));
        Files.writeString(group, Long.toString(Runtime.getRuntime().maxMemory() + (1L << 30)));
        here.fine(new Memory(folder));
        Files.writeString(group, Long.toString(64L << 20));
        here.warns(new Memory(folder), "a server started like this holds ");
        here.warns(new Memory(folder), "is killed at 64 MiB");
    }

    @Test
    @DisplayName("a service's limit counts although its group is not the root, and so do those of the groups around it")
    void memoryOfGroups() throws IOException {
        Path slice = controlGroup("self", "0::/outer.slice/inner.service", "sys/fs/cgroup/outer.slice/memory.max");
        Files.writeString(slice, Long.toString(64L << 20));
        Path service =
                Files.createDirectories(slice.resolveSibling("inner.service")).resolve("memory.max");
        Files.writeString(service, "max\n");
        Examined.in(folder).warns(new Memory(folder), "is killed at 64 MiB");
        Files.writeString(service, Long.toString(32L << 20));
        Examined.in(folder).warns(new Memory(folder), "is killed at 32 MiB");
    }

    @Test
    @DisplayName("with the older interface a container's limit counts where its group is named as its host sees it")
    void memoryOfTheOlderInterface() throws IOException {
        String line = "5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/";
        Path container = controlGroup("self", line, "sys/fs/cgroup/memory/memory.limit_in_bytes");
        Files.writeString(container, Long.toString(64L << 20));
        Examined.in(folder).warns(new Memory(folder), "is killed at 64 MiB");
        Files.writeString(container, "9223372036854771712\n");
        Examined.in(folder).fine(new Memory(folder));
    }

    @Test
    @DisplayName("where a server runs, its own limit and heap count, not those that this command is under")
    void memoryOfTheServer() throws IOException {
        int port = freePort();
        String process = Long.toString(ProcessHandle.current().pid());
        Path group = controlGroup(process, "0::/latchkey.service", "sys/fs/cgroup/latchkey.service/memory.max");
        Files.writeString(group, Long.toString(64L << 20));
        Examined here = Examined.in(folder).with("operations.port", Integer.toString(port));
        try (ServerLock held = ServerLock.take(folder);
                TestDatabase database = TestDatabase.on(Engine.SQLITE);
                TestServer server = TestServer.on(database, clock, "operations.port", Integer.toString(port))) {
            here.warns(new Memory(folder), "the server holds ");
            here.warns(new Memory(folder), "is killed at 64 MiB");
            assertThat(server.port()).isPositive();
            assertThat(held).isNotNull();
        }
        here.fine(new Memory(folder));
    }

    /** What Linux tells of a process; answers the file for the limit of one of its groups. */
    private Path controlGroup(String process, String groups, String limit) throws IOException {
        Path told = Files.createDirectories(folder.resolve("proc").resolve(process));
        Files.writeString(told.resolve("cgroup"), groups + "\n");
        Path file = folder.resolve(limit);
        Files.createDirectories(file.getParent());
        return file;
    }

    @Test
    void openFiles() throws IOException {
        Path limits = Files.createDirectories(folder.resolve("self")).resolve("limits");
        Files.writeString(
                limits, "Limit  Soft Limit  Hard Limit  Units\nMax open files            1024      524288   files\n");
        Examined.in(folder).warns(new OpenFiles(folder), "LimitNOFILE");
        Files.writeString(limits, "Max open files            65536      524288   files\n");
        Examined.in(folder).fine(new OpenFiles(folder));
        assertThat(Examined.in(folder).findings(new OpenFiles(folder.resolve("no-linux"))))
                .isEmpty();
    }

    @Test
    void diskSpace() {
        DiskSpace check = new DiskSpace();
        assertThat(check.judged(folder, 50L << 20)).extracting(Finding::level).containsExactly(Finding.Level.FAIL);
        assertThat(check.judged(folder, 500L << 20)).extracting(Finding::level).containsExactly(Finding.Level.WARN);
        assertThat(check.judged(folder, 50L << 30)).extracting(Finding::level).containsExactly(Finding.Level.OK);
        assertThat(Examined.in(folder)
                        .with("database.url", "postgres://a:b@localhost/c")
                        .findings(check))
                .hasSize(1);
    }

    @Test
    void java() {
        Examined.in(folder).fine(new JavaRuntime());
    }

    @Test
    @DisplayName("S1-70 a backup of yesterday is known, an older one or none fails")
    void backups() throws IOException {
        Examined.in(folder).fine(new Backups());
        Examined.in(folder).production().warns(new Backups(), "--backups");
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Examined.in(folder).backups(kept).fails(new Backups(), "latchkey backup");
        Path old = backup(kept.resolve("latchkey-1.zip"), clock.instant().minus(Duration.ofDays(3)));
        Examined.in(folder).backups(kept).at(clock).fails(new Backups(), old.toString());
        Path newer = backup(kept.resolve("latchkey-2.zip"), clock.instant().minus(Duration.ofHours(20)));
        Files.setLastModifiedTime(newer, FileTime.from(clock.instant().minus(Duration.ofHours(19))));
        Files.setLastModifiedTime(old, FileTime.from(clock.instant()));
        Examined.in(folder).backups(kept).at(clock).fine(new Backups());
    }

    @Test
    @DisplayName("S1-70 what is no backup is named and does not count as one, however new")
    void noBackups() throws IOException {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Path empty = Files.createFile(kept.resolve("empty.zip"));
        Examined here = Examined.in(folder).backups(kept).at(clock);
        here.warns(new Backups(), empty.toString());
        here.fails(new Backups(), "There is no backup");
        Path good = backup(kept.resolve("good.zip"), clock.instant().minus(Duration.ofHours(20)));
        byte[] whole = Files.readAllBytes(good);
        Path half = Files.write(kept.resolve("half.zip"), Arrays.copyOf(whole, whole.length / 2));
        Path other = kept.resolve("other.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
            zip.putNextEntry(new ZipEntry("holiday.jpg"));
        }
        for (Path file : List.of(empty, good, half, other)) {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        }
        List<Finding> findings = here.findings(new Backups());
        for (Path wrong : List.of(empty, half, other)) {
            assertThat(findings).anySatisfy(finding -> {
                assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
                assertThat(finding.says()).contains(wrong.toString());
            });
        }
        assertThat(findings)
                .last()
                .isEqualTo(new Finding(
                        Finding.Level.OK,
                        "backups",
                        "The newest backup is " + good + ", of "
                                + clock.instant().minus(Duration.ofHours(20)) + "."));
    }

    @Test
    @DisplayName("on PostgreSQL it says that the folder was not looked at")
    void backupsOfPostgres() {
        Examined postgres = Examined.in(folder).with("database.url", "postgres://a:b@127.0.0.1:1/c");
        assertThat(postgres.findings(new Backups())).isEmpty();
        postgres.backups(folder).warns(new Backups(), "Nothing in " + folder + " was looked at");
    }

    private Path backup(Path file, Instant takenAt) throws IOException {
        Path database = Files.writeString(folder.resolve("database"), "what it holds is not looked at");
        Manifest manifest = Manifest.of(takenAt, "test", 1, "0123456789abcdef", Optional.empty(), Map.of());
        new BackupFile(file).write(database, manifest, done -> {});
        return file;
    }

    @Test
    @DisplayName("S1-70 metrics are read by somebody, and the server on this machine is ready")
    void runningServer() throws IOException {
        int port = freePort();
        Examined here = Examined.in(folder)
                .production()
                .with("operations.port", Integer.toString(port))
                .at(clock);
        here.warns(new RunningServer(), "answers on this machine");
        assertThat(here.findings(new MetricsReading())).isEmpty();
        try (TestDatabase database = TestDatabase.on(Engine.SQLITE);
                TestServer server = TestServer.on(database, clock, "operations.port", Integer.toString(port))) {
            here.fine(new RunningServer());
            here.warns(new MetricsReading(), "since the server started");
            assertThat(new ApiClient(port).get("/metrics").status()).isEqualTo(200);
            here.fine(new MetricsReading());
            clock.advance(Duration.ofHours(1));
            here.warns(new MetricsReading(), "Prometheus");
            assertThat(server.port()).isPositive();
        }
        try (ServerSocket broken = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer503(broken));
            here.fails(new RunningServer(), "not ready");
        }
    }

    @Test
    @DisplayName("Redis that evicts fails, one that is away fails, noeviction is fine")
    void redis() {
        assertThat(Examined.in(folder).findings(new RedisMemory())).isEmpty();
        try (TestRedis evicting = TestRedis.own("maxmemory-policy allkeys-lru")) {
            at(evicting).fails(new RedisMemory(), "allkeys-lru");
        }
        try (TestRedis keeping = TestRedis.own("maxmemory-policy noeviction")) {
            at(keeping).fine(new RedisMemory());
        }
        Examined.in(folder)
                .with("redis.host", "127.0.0.1")
                .with("redis.port", "1")
                .fails(new RedisMemory(), "redis.host");
    }

    private Examined at(TestRedis redis) {
        return Examined.in(folder).with("redis.host", "127.0.0.1").with("redis.port", Integer.toString(redis.port()));
    }

    private Examined site(String url) {
        return Examined.in(folder).with("server.public-url", url).at(clock);
    }

    private static SSLSocketFactory trusting(TestCertificate certificate) {
        return certificate.trusting().getSocketFactory();
    }

    private static ServerSocket serving(TestCertificate certificate) throws Exception {
        SSLServerSocket server =
                (SSLServerSocket) certificate.serving().getServerSocketFactory().createServerSocket(0);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                greet(server);
            }
        });
        return server;
    }

    /** A client that does not trust us hangs up, which is its test's business. */
    private static void greet(SSLServerSocket server) {
        try (SSLSocket client = (SSLSocket) server.accept()) {
            client.startHandshake();
        } catch (IOException refused) {
            return;
        }
    }

    private static void answer503(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().read(new byte[1024]);
            client.getOutputStream()
                    .write("HTTP/1.1 503 Away\r\nContent-Length: 4\r\nConnection: close\r\n\r\nDOWN"
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closed) {
            return;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
