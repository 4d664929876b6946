package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects figures, shows each as it comes and all in the end. */
final class Report {
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    void add(Figure figure) {
        figures.add(figure);
        System.out.println(figure.row());
    }

    /** A bench that cannot be run here: the targets it has are not met. */
    void skip(String name, String why) {
        say(name + " is skipped: " + why);
        skipped.add("%s was skipped: %s".formatted(name, why));
    }

    static void say(String line) {
        System.err.println("bench: " + line);
    }

    /** Prints the table and keeps it; answers whether nothing was skipped and every target was met. */
    boolean finish(Path file) throws IOException {
        String table = Figure.header() + "\n"
                + figures.stream().map(Figure::row).collect(Collectors.joining("\n")) + "\n"
                + skipped.stream().map(line -> line + "\n").collect(Collectors.joining())
                + "%.2f processors were used by others during the worst run.%n".formatted(Machine.worstForeign());
        Files.writeString(file, table);
        System.out.println();
        System.out.print(table);
        return skipped.isEmpty()
                && figures.stream().allMatch(figure -> !figure.isJudged() || figure.isMet());
    }
}
