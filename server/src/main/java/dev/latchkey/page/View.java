package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a template gets: the page's record with the texts and addresses that every page needs. Public because the generated
 * templates live in a package of their own.
 */
public final class View<P> {
    private final P page;
    private final Texts texts;
    private final String title;
    private final String action;
    private final Frame frame;

    /**
     * @param title already in the reader's language
     * @param action where the form posts to; empty on a page without a form
     */
    View(P page, Texts texts, String title, String action, Frame frame) {
        this.page = page;
        this.texts = texts;
        this.title = title;
        this.action = action;
        this.frame = frame;
    }

    public P page() {
        return page;
    }

    public Texts texts() {
        return texts;
    }

    public String title() {
        return title;
    }

    public String action() {
        return action;
    }

    public String text(String key) {
        return texts.get(key);
    }

    public String text(String key, Map<String, String> values) {
        return texts.get(key, values);
    }

    /** A time in words, in the reader's language. */
    public String time(Instant time) {
        return texts.time(time);
    }

    /** A text that may be lacking, such as the words for an event of a newer server. */
    public String textOr(String key, String instead) {
        return texts.get(texts.has(key) ? key : instead);
    }

    public String stylesheet() {
        return PageAsset.STYLESHEET.address();
    }

    /** The module that makes the pages easier to use; every page works without it. */
    public String script() {
        return PageAsset.SCRIPT.address();
    }

    /** The module that talks to authenticators. */
    public String passkeyScript() {
        return PageAsset.PASSKEYS.address();
    }

    /** The module that helps with password fields. */
    public String passwordScript() {
        return PageAsset.PASSWORDS.address();
    }

    /** A place on this server that goes on to {@code returnTo} in the end; empty for none. */
    public String at(String place, String returnTo) {
        return leadingTo(place, returnTo);
    }

    static String leadingTo(String place, String returnTo) {
        return returnTo.isEmpty()
                ? place
                : place + (place.contains("?") ? "&" : "?") + "return_to=" + encoded(returnTo);
    }

    public String logo() {
        return frame.theme().logo().map(ThemeAsset::address).orElseGet(PageAsset.LOGO::address);
    }

    /** Of the icon in a browser's tab. */
    public String logoType() {
        return logo().endsWith(".png") ? "image/png" : "image/svg+xml";
    }

    /** What an operator's theme sets over the stylesheet, where there is one. */
    public Optional<String> themeStylesheet() {
        return frame.theme().stylesheet().map(ThemeAsset::address);
    }

    /** Pages of the operator, for the foot. */
    public List<PageLink> footLinks() {
        List<PageLink> links = new ArrayList<>();
        for (FootLink link : FootLink.values()) {
            String address = frame.theme().links().getOrDefault(link, "");
            if (!address.isEmpty()) {
                links.add(new PageLink(texts.get("foot." + link.token()), address));
            }
        }
        return links;
    }

    /**
     * Links to this page in every language; none where there is one only, or where the page tells how something ended: opening
     * that anew would not show it again.
     */
    public List<LanguageLink> languages() {
        List<Language> offered = frame.languages().offered();
        if (offered.size() < 2 || (action.isEmpty() && !(page instanceof StartPage))) {
            return List.of();
        }
        String rest = rest();
        return offered.stream()
                .map(language -> new LanguageLink(
                        language.tag(),
                        language.ownName(),
                        action + (action.contains("?") ? "&" : "?") + "lang=" + language.tag() + rest,
                        language.tag().equals(texts.language())))
                .toList();
    }

    /** The languages that a person may choose to be addressed in. */
    public List<LanguageOption> languageOptions(String chosen) {
        return LanguageOption.of(frame.languages(), chosen);
    }

    private String rest() {
        if (page instanceof ReturnsTo returns && !returns.returnTo().isEmpty()) {
            return "&return_to=" + encoded(returns.returnTo());
        }
        if (page instanceof HoldsToken holds && !holds.token().isEmpty()) {
            return "&token=" + encoded(holds.token());
        }
        return "";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What is wrong with a field, in the reader's language where there are words for it. */
    public String complaint(FieldError error) {
        return texts.complaint(error);
    }

    /** The first complaint about a field. */
    public static Optional<FieldError> error(List<FieldError> errors, String field) {
        return errors.stream().filter(error -> error.field().equals(field)).findFirst();
    }
}
