package dev.latchkey.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a test its visitors, sends them home afterwards, and keeps what they saw last if it failed. */
final class WorldExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace OURS = Namespace.create(WorldExtension.class);

    /** What a test is given. */
    static final class Cast {
        private final World world;
        private final List<Visitor> visitors = new ArrayList<>();

        private Cast(World world) {
            this.world = world;
        }

        Visitor visitor(Look look) {
            Visitor visitor = world.visitor(look);
            visitors.add(visitor);
            return visitor;
        }

        String newAddress() {
            return world.newAddress();
        }

        String newNumber() {
            return world.newNumber();
        }

        Mails mails() {
            return world.mails();
        }

        FrontEnd frontEnd() {
            return world.frontEnd;
        }

        String origin() {
            return world.server.origin();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Path chromium = Installed.chromium().orElse(null);
        if (chromium == null && Installed.browserRequired()) {
            throw new IllegalStateException("no Chromium was found: apt-get install chromium, or set E2E_CHROMIUM");
        }
        Assumptions.assumeTrue(
                chromium != null,
                "skipped, for no Chromium was found: install it (Debian: apt-get install chromium) or set E2E_CHROMIUM");
        if (chromium != null) {
            World world = context.getRoot()
                    .getStore(OURS)
                    .computeIfAbsent(World.class, key -> new World(chromium), World.class);
            context.getStore(OURS).put(Cast.class, new Cast(world));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Cast cast = context.getStore(OURS).remove(Cast.class, Cast.class);
        if (cast == null) {
            return;
        }
        if (context.getExecutionException().isPresent()) {
            String test = context.getRequiredTestClass().getSimpleName() + "."
                    + context.getRequiredTestMethod().getName();
            keepEvidence(test, cast.visitors);
        }
        cast.visitors.forEach(Visitor::close);
    }

    private static void keepEvidence(String test, List<Visitor> visitors) {
        try {
            Path folder = Files.createDirectories(Installed.target().resolve("failures"));
            for (int i = 0; i < visitors.size(); i++) {
                Visitor visitor = visitors.get(i);
                String name = test + "-" + (i + 1);
                Files.writeString(
                        folder.resolve(name + ".html"),
                        "<!-- " + visitor.page().url() + " -->\n"
                                + visitor.page().content());
                Files.write(folder.resolve(name + ".png"), visitor.page().screenshot());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cast.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(OURS).get(Cast.class, Cast.class);
    }
}
