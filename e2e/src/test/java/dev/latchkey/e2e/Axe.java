package dev.latchkey.e2e;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rules of WCAG 2.2, levels A and AA, as far as a machine can judge them. */
final class Axe {
    private static final String RUN = """
            async () => JSON.stringify((await axe.run(document, {
              runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
              resultTypes: ["violations"],
            })).violations)""";

    private static final String SOURCE = source();

    private Axe() {}

    /** What is wrong with the open page: one line a rule, with where it is broken. */
    static List<String> violations(Page page) {
        if (!(Boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate(SOURCE);
        }
        List<String> lines = new ArrayList<>();
        for (JsonElement violation :
                JsonParser.parseString((String) page.evaluate(RUN)).getAsJsonArray()) {
            lines.add(line(violation.getAsJsonObject()));
        }
        return lines;
    }

    private static String line(JsonObject violation) {
        List<String> places = new ArrayList<>();
        for (JsonElement node : violation.getAsJsonArray("nodes")) {
            places.add(node.getAsJsonObject().get("target") + " "
                    + node.getAsJsonObject().get("failureSummary").getAsString().replace('\n', ' '));
        }
        return violation.get("id").getAsString() + ": " + violation.get("help").getAsString() + " " + places;
    }

    private static String source() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks axe.min.js");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
