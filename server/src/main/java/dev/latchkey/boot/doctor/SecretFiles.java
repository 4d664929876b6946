package dev.latchkey.boot.doctor;

import dev.latchkey.config.Settings;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who may read what secrets stand in, and whether the database's password is one. */
final class SecretFiles implements Check {
    private static final int LEAST_PASSWORD = 12;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public List<Finding> run(Installation installation) {
        List<Finding> findings = new ArrayList<>();
        Set<Path> files = new TreeSet<>();
        for (Settings.Entry<?> entry : installation.settings().all()) {
            if (entry.setting().isSecret() && !entry.isDefault()) {
                if (entry.source().equals("command line")) {
                    findings.addAll(warn(entry.setting().key()
                            + " is on the command line, which every user of the machine can see. Give it by a file ("
                            + entry.setting().environmentName() + "_FILE) or the environment."));
                }
                entry.file().ifPresent(files::add);
            }
        }
        installation.configuration().http().https().ifPresent(https -> files.add(https.key()));
        files.stream()
                .filter(SecretFiles::isOpen)
                .forEach(file -> findings.addAll(fail("Others may read or change " + file
                        + ", which holds secrets. Run chmod 600 on it, or chmod 640 for a group.")));
        if (installation.configuration().database().address() instanceof PostgresServer server
                && !server.password().isEmpty()
                && server.password().length() < LEAST_PASSWORD) {
            findings.addAll(warn("The password of the database has fewer than " + LEAST_PASSWORD
                    + " characters. Make a long random one: openssl rand -base64 24."));
        }
        return findings.isEmpty() ? ok("What holds secrets is readable by nobody else.") : findings;
    }

    private static boolean isOpen(Path file) {
        try {
            return Files.exists(file)
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException noPosix) {
            return false;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
