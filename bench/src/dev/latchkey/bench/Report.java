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

    void add(Figure figure) {
        figures.add(figure);
        System.out.println(figure.row());
    }

    static void say(String line) {
        System.err.println("bench: " + line);
    }

    /** Prints the table and keeps it; answers whether every target was met. */
    boolean finish(Path file) throws IOException {
        String table = Figure.header() + "\n"
                + figures.stream().map(Figure::row).collect(Collectors.joining("\n")) + "\n"
                + "%.2f processors were used by others during the worst run.%n".formatted(Machine.worstForeign());
        Files.writeString(file, table);
        System.out.println();
        System.out.print(table);
        return figures.stream().allMatch(figure -> !figure.isJudged() || figure.isMet());
    }
}
