package dev.latchkey.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads {@code Accept-Language} (RFC 9110 section 12.5.4); what cannot be read is left out. */
final class LanguageHeader {
    private static final int MAX_TAGS = 10;
    private static final int MAX_TAG_LENGTH = 35;

    private record Choice(String tag, double quality) {}

    private LanguageHeader() {}

    /** Best first. */
    static List<String> parse(String header) {
        List<Choice> choices = new ArrayList<>();
        for (String part : header.split(",", MAX_TAGS + 1)) {
            int semicolon = part.indexOf(';');
            String tag = (semicolon < 0 ? part : part.substring(0, semicolon)).strip();
            double quality =
                    semicolon < 0 ? 1 : quality(part.substring(semicolon + 1).strip());
            if (isTag(tag) && quality > 0 && choices.size() < MAX_TAGS) {
                choices.add(new Choice(tag, quality));
            }
        }
        choices.sort(Comparator.comparingDouble(Choice::quality).reversed());
        return choices.stream().map(Choice::tag).toList();
    }

    private static boolean isTag(String tag) {
        return !tag.isEmpty()
                && tag.length() <= MAX_TAG_LENGTH
                && tag.chars().allMatch(c -> c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
    }

    private static double quality(String parameter) {
        if (!parameter.startsWith("q=") || parameter.length() > 7) {
            return 0;
        }
        try {
            return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
