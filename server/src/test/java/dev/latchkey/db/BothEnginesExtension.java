package dev.latchkey.db;

import dev.latchkey.core.MutableClock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

final class BothEnginesExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(Engine.values()).map(OnEngine::new);
    }

    private record OnEngine(Engine engine) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return engine == Engine.SQLITE ? "on SQLite" : "on PostgreSQL";
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Fixtures(engine));
        }
    }

    private record Fixtures(Engine engine) implements ParameterResolver {
        private static final Namespace SPACE = Namespace.create(BothEnginesExtension.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == TestDatabase.class || type == MutableClock.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            ExtensionContext.Store store = context.getStore(SPACE);
            return parameter.getParameter().getType() == TestDatabase.class
                    ? store.computeIfAbsent(TestDatabase.class, key -> TestDatabase.on(engine), TestDatabase.class)
                    : store.computeIfAbsent(MutableClock.class, key -> new MutableClock(), MutableClock.class);
        }
    }
}
