package dev.latchkey.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** The HTML templates that the build turned into classes. The engine is made on first use: a server that serves only an API never needs it. */
public final class Templates {
    private Templates() {}

    /**
     * @param name path under {@code src/main/jte}
     * @param model the template's one parameter
     */
    public static String html(String name, Object model) {
        StringOutput output = new StringOutput();
        Engine.INSTANCE.render(name, model, output);
        return output.toString();
    }

    private static final class Engine {
        static final TemplateEngine INSTANCE = TemplateEngine.createPrecompiled(ContentType.Html);

        private Engine() {}
    }
}
