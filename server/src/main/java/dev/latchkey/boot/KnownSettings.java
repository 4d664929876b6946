package dev.latchkey.boot;

import dev.latchkey.boot.logging.LoggingConfig;
import dev.latchkey.config.Profile;
import dev.latchkey.config.Setting;
import dev.latchkey.grant.GrantConfig;
import dev.latchkey.session.SessionConfig;
import java.util.List;
import java.util.stream.Stream;

/** Every setting of every concern, in the order of the reference. */
public final class KnownSettings {
    private KnownSettings() {}

    public static List<Setting<?>> all() {
        return Stream.of(Profile.settings(), LoggingConfig.settings(), SessionConfig.settings(), GrantConfig.settings())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }
}
