package dev.latchkey.page;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences in the reader's language. A language is a file beside the English one, such as {@code messages_de.properties}
 * (UTF-8); what it lacks is read in English. Placeholders are written {@code {name}}.
 */
public final class Texts {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");
    // Without it a server that runs under a German locale would answer a Frenchman in German.
    private static final Control ONLY_ASKED_LANGUAGE = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private final ResourceBundle bundle;
    private final Map<String, String> common;

    private Texts(ResourceBundle bundle, Map<String, String> common) {
        this.bundle = bundle;
        this.common = common;
    }

    /**
     * @param bundle base name of the message files, such as {@code dev.latchkey.page.messages}
     * @param common values that every sentence may name
     */
    public static Texts of(String bundle, Locale locale, Map<String, String> common) {
        return new Texts(ResourceBundle.getBundle(bundle, locale, ONLY_ASKED_LANGUAGE), Map.copyOf(common));
    }

    /** The language that was found, as in an HTML {@code lang} attribute. */
    public String language() {
        String tag = bundle.getLocale().toLanguageTag();
        return tag.equals("und") ? "en" : tag;
    }

    /** The language that was found. */
    public Locale locale() {
        return Locale.forLanguageTag(language());
    }

    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    public String get(String key) {
        return get(key, Map.of());
    }

    /**
     * A sentence with its placeholders filled. Values are not searched for placeholders in turn.
     *
     * @throws MissingResourceException for an unknown key
     * @throws IllegalArgumentException for a placeholder without a value
     */
    public String get(String key, Map<String, String> values) {
        return PLACEHOLDER.matcher(bundle.getString(key)).replaceAll(match -> {
            String name = match.group(1);
            String value = values.containsKey(name) ? values.get(name) : common.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no value for {" + name + "} in " + key);
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
