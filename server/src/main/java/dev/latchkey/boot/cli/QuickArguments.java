package dev.latchkey.boot.cli;

/**
 * A verb whose usual arguments are read without picocli, whose loading takes longer than the rest of the command line and the
 * configuration together. Whatever it does not know, such as {@code --help}, goes to picocli.
 */
interface QuickArguments {
    /** Takes one option; {@code false} leaves the whole command line to picocli. */
    boolean take(String option, String value);

    /** Whether all of {@code arguments} were taken, as {@code --option value} or {@code --option=value}. */
    static boolean takeAll(QuickArguments command, String[] arguments) {
        int next = 0;
        while (next < arguments.length) {
            String option = arguments[next++];
            int equals = option.indexOf('=');
            String value;
            if (equals > 0) {
                value = option.substring(equals + 1);
                option = option.substring(0, equals);
            } else if (next < arguments.length) {
                value = arguments[next++];
            } else {
                return false;
            }
            if (!command.take(option, value)) {
                return false;
            }
        }
        return true;
    }
}
