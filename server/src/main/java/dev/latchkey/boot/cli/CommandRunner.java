package dev.latchkey.boot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.boot.AnticipatedFailure;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.Problem;
import dev.latchkey.core.Version;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs one command line and answers its exit code. */
public final class CommandRunner {
    private final PrintStream out;
    private final PrintStream err;

    public CommandRunner(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public int run(String... arguments) {
        Optional<Verb> verb =
                Arrays.stream(Verb.values()).filter(it -> it.matches(arguments)).findFirst();
        if (verb.isPresent()) {
            String[] rest = Arrays.copyOfRange(arguments, verb.get().wordCount(), arguments.length);
            return run(verb.get(), rest);
        }
        if (arguments.length > 0 && isOneOf(arguments[0], "help", "--help", "-h")) {
            out.print(overview(""));
            return ExitCode.OK;
        }
        if (arguments.length > 0 && isOneOf(arguments[0], "--version", "-V", "version")) {
            out.println("latchkey " + Version.current());
            return ExitCode.OK;
        }
        String group = arguments.length > 0 ? arguments[0] + " " : "";
        boolean known = Arrays.stream(Verb.values()).anyMatch(it -> it.words().startsWith(group));
        if (!known) {
            err.println("There is no command \"" + String.join(" ", arguments) + "\".");
        }
        err.print(overview(known ? group : ""));
        return ExitCode.USAGE;
    }

    private int run(Verb verb, String[] rest) {
        Callable<Integer> quick = verb.command(out);
        if (quick instanceof QuickArguments arguments && QuickArguments.takeAll(arguments, rest)) {
            try {
                return quick.call();
            } catch (Exception failure) {
                return refuse(failure);
            }
        }
        return parse(verb, rest);
    }

    private int parse(Verb verb, String[] rest) {
        Callable<Integer> command = verb.command(out);
        CommandLine picocli = new CommandLine(command)
                .setCommandName("latchkey " + verb.words())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> refuse(failure))
                .setParameterExceptionHandler((failure, typed) -> {
                    err.println(failure.getMessage());
                    err.println("See latchkey " + verb.words() + " --help.");
                    return ExitCode.USAGE;
                });
        picocli.setOut(new PrintWriter(out, true, UTF_8));
        picocli.setErr(new PrintWriter(err, true, UTF_8));
        picocli.getCommandSpec().mixinStandardHelpOptions(true).version("latchkey " + Version.current());
        picocli.getCommandSpec().usageMessage().description(verb.summary());
        return picocli.execute(rest);
    }

    private int refuse(Exception failure) {
        return switch (failure) {
            case SettingsException settings -> {
                err.println("The configuration cannot be used:");
                settings.problems().forEach(problem -> err.println("  - " + problem));
                yield ExitCode.CONFIGURATION;
            }
            case Refusal refusal -> {
                err.println(refusal.sentence());
                yield refusal.exitCode();
            }
            default ->
                AnticipatedFailure.sentences(failure)
                        .map(sentences -> hindered(sentences, failure))
                        .orElseGet(() -> failed(failure));
        };
    }

    /** Where exactly is in the log, for whoever turns it up: the sentences say what to do, not what went on. */
    private int hindered(String sentences, Exception failure) {
        System.getLogger(CommandRunner.class.getName()).log(Level.DEBUG, "what could not be done", failure);
        err.println(sentences);
        return ExitCode.NO;
    }

    private int failed(Exception failure) {
        if (failure instanceof Problem problem) {
            err.println(problem.publicMessage());
            problem.details().forEach(it -> err.println("  - " + it.field() + ": " + it.message()));
            return ExitCode.NO;
        }
        err.println("Latchkey failed unexpectedly. Please report this with the lines below.");
        failure.printStackTrace(err);
        return ExitCode.FAILURE;
    }

    private static boolean isOneOf(String word, String... words) {
        return Arrays.asList(words).contains(word);
    }

    private static String overview(String group) {
        Stream<String> lines = Arrays.stream(Verb.values())
                .filter(it -> it.words().startsWith(group))
                .map(it ->
                        "  latchkey " + it.words() + " ".repeat(18 - it.words().length()) + it.summary());
        return lines.collect(Collectors.joining(
                "\n", "Latchkey, a self-hosted authentication server.\n\n", "\n\nEach takes --help.\n"));
    }
}
