package dev.latchkey.bench;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.SettingsLoader;
import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Databases;
import dev.latchkey.issuer.AccessClaims;
import dev.latchkey.issuer.TokenIssuer;
import dev.latchkey.jose.SignatureProvider;
import dev.latchkey.key.KeyService;
import dev.latchkey.key.KeyUse;
import dev.latchkey.key.MasterKeyService;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Makes access tokens as the server would, with the key in its database; many more than could be asked of it. */
final class Tokens implements AutoCloseable {
    private final Database database;
    private final TokenIssuer issuer;
    private final Authentication authentication = new Authentication(Instant.now(), Set.of("pwd"));

    Tokens(Dataset dataset) throws InterruptedException {
        Configuration configuration = configuration(dataset);
        Clock clock = Clock.systemUTC();
        Secrets secrets = new Secrets(clock);
        this.database = Databases.open(configuration.database());
        Sealer sealer = new MasterKeyService(
                        configuration.masterKey(),
                        database,
                        configuration.database().dataDirectory(),
                        secrets,
                        clock)
                .open();
        SignatureProvider provider = new SignatureProvider(configuration.keys().signatureProvider());
        provider.settle();
        KeyService keys = new KeyService(
                database,
                sealer,
                provider,
                configuration.keys(),
                configuration.tokens().accessTtl().plus(Duration.ofMinutes(2)),
                (tx, tenant, kid, state) -> {},
                clock);
        keys.start();
        this.issuer = new TokenIssuer(() -> keys.signing(KeyUse.TOKEN), configuration.tokens(), secrets, clock);
    }

    private static Configuration configuration(Dataset dataset) {
        Map<String, String> values = new HashMap<>(Latchkey.SETTINGS);
        values.put("data.directory", dataset.folder().toString());
        return Configuration.from(
                new SettingsLoader(KnownSettings.all())
                        .environment(dataset.environment())
                        .overrides(values)
                        .load(),
                Map.of());
    }

    String of(int user) {
        return of(claims(user));
    }

    String of(AccessClaims claims) {
        return issuer.access(claims).token();
    }

    AccessClaims claims(int user) {
        return new AccessClaims(
                new UserId(People.user(user)),
                new SessionId(People.session(user)),
                0,
                ClientId.FIRST_PARTY,
                Set.of(),
                Set.of("USER"),
                authentication);
    }

    /** Writes {@code count} new tokens of the first {@code users} users in turn, one a line. */
    Path write(Path file, int count, int users) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.write(of(i % users));
                out.write('\n');
            }
        }
        return file;
    }

    @Override
    public void close() {
        database.close();
    }
}
