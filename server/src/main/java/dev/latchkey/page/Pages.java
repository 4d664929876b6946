package dev.latchkey.page;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Sentence;
import dev.latchkey.http.ErrorPages;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Renders every page to HTML, in the reader's language where there is a file for it. */
public final class Pages implements ErrorPages {
    private static final String FILES = "/dev/latchkey/page/messages";
    /** What a page that needs a session is refused with where there is none, or not any more. */
    private static final Set<ErrorCode> SIGNED_OUT = EnumSet.of(
            ErrorCode.MISSING_TOKEN,
            ErrorCode.INVALID_SESSION,
            ErrorCode.TOKEN_REVOKED,
            ErrorCode.TOKEN_EXPIRED,
            ErrorCode.INVALID_TOKEN,
            ErrorCode.INVALID_TOKEN_TYPE,
            ErrorCode.INVALID_SIGNATURE);

    /** Longer waits are told in minutes. */
    private static final long SECONDS_TOLD = 90;

    private final Wording wording;
    private final Frame frame;

    public Pages(PageConfig config) {
        this.wording = new Wording(FILES, Map.of("app", config.applicationName()), config);
        this.frame = new Frame(config.languages(), config.theme());
    }

    /** With the defaults for all but the name that people know this server by. */
    public Pages(String applicationName) {
        this(PageConfig.named(applicationName));
    }

    /** What this server is, for whoever opens its bare address. */
    public String start(Locale locale, StartPage page) {
        Texts texts = texts(locale);
        return Templates.html("page/start.jte", view(page, texts, texts.get("start.title"), ""));
    }

    /** Asks for a click that confirms the e-mail address. Posts {@code token}. */
    public String verifyEmail(Locale locale, LinkPage page) {
        return form("verify_email", PagePath.VERIFY_EMAIL, locale, page);
    }

    /** Asks for a new password. Posts {@code token}, {@code newPassword}, {@code repeatPassword}. */
    public String resetPassword(Locale locale, ResetPasswordPage page) {
        return form("reset_password", PagePath.RESET_PASSWORD, locale, page);
    }

    /** Tells what "this wasn't me" will do and asks for a click. Posts {@code token}. */
    public String notMe(Locale locale, LinkPage page) {
        return form("not_me", PagePath.NOT_ME, locale, page);
    }

    /** Asks for a click that unlocks the account. Posts {@code token}. */
    public String unlockAccount(Locale locale, LinkPage page) {
        return form("unlock_account", PagePath.UNLOCK_ACCOUNT, locale, page);
    }

    /** Asks for a click that signs in. Posts {@code token}. */
    public String loginLink(Locale locale, LinkPage page) {
        return form("login_link", PagePath.LOGIN_LINK, locale, page);
    }

    /** Stops a recovery of lost second factors, or completes it. Posts {@code token}. */
    public String recovery(Locale locale, LinkPage page) {
        return form("recovery", PagePath.RECOVERY, locale, page);
    }

    /** Posts {@code token}, {@code email}, {@code name}, {@code password}, {@code repeatPassword}. */
    public String firstAdmin(Locale locale, FirstAdminPage page) {
        return form("first_admin", PagePath.FIRST_ADMIN, locale, page);
    }

    /**
     * A page of a flow, whose template is called as its place and whose form posts there.
     *
     * @param page the record that the template takes
     */
    public String show(Locale locale, PagePath path, Object page) {
        return form(path.name().toLowerCase(Locale.ROOT), path, locale, page);
    }

    /** A form that does one thing. */
    public String action(Locale locale, ActionPage page) {
        Texts texts = texts(locale);
        String title = texts.get(page.key() + ".title", page.values());
        return Templates.html("page/action.jte", view(page, texts, title, page.action()));
    }

    /** The login page of whoever is signed in already. */
    public String signedIn(Locale locale, SignedInPage page) {
        Texts texts = texts(locale);
        return Templates.html("page/signed_in.jte", view(page, texts, texts.get("notice.signed_in_already.title"), ""));
    }

    /** Backup codes that were just made. */
    public String backupCodes(Locale locale, BackupCodesPage page) {
        Texts texts = texts(locale);
        return Templates.html("page/backup_codes.jte", view(page, texts, texts.get("backup_codes.title"), ""));
    }

    /** A sentence of the message files. */
    public String text(Locale locale, String key, Map<String, String> values) {
        return texts(locale).get(key, values);
    }

    /** What is wrong with a field, one sentence after the other. */
    public String complaints(Locale locale, List<FieldError> errors) {
        return texts(locale).complaints(errors);
    }

    /** How something ended, in fixed words, with the notice's own way onward. */
    public String notice(Locale locale, Notice notice) {
        return notice(locale, notice, link(locale, notice.onward().path(), notice.label()));
    }

    /** How something ended, in fixed words. */
    public String notice(Locale locale, Notice notice, PageLink onward) {
        Texts texts = texts(locale);
        String title = texts.get(notice.key() + ".title");
        return message(texts, new MessagePage(title, texts.get(notice.key() + ".text"), Optional.of(onward)));
    }

    public String message(Locale locale, MessagePage page) {
        return message(texts(locale), page);
    }

    public String error(Locale locale, ErrorPage page) {
        Texts texts = texts(locale);
        String key = "error." + page.status() + ".title";
        String title = texts.get(texts.has(key) ? key : "error.title");
        return Templates.html("page/error.jte", view(page, texts, title, ""));
    }

    /** A time in words, in UTC and saying so. */
    public String time(Locale locale, Instant time) {
        return texts(locale).time(time);
    }

    /** The page of a refusal by the edge, in the first of the reader's languages that there are texts for. */
    @Override
    public String page(Refused refused) {
        Locale locale = language(refused.languages());
        ErrorCode code = refused.code();
        String back = wayBack(refused.path());
        if (code == ErrorCode.INVALID_LINK) {
            return notice(locale, Notice.LINK_NOT_VALID, afterLink(locale, refused.path()));
        }
        if (code == ErrorCode.INVALID_CSRF_TOKEN) {
            return notice(locale, Notice.PAGE_OUT_OF_DATE, link(locale, back, Notice.PAGE_OUT_OF_DATE.label()));
        }
        ErrorPage page = new ErrorPage(
                code.status(),
                words(locale, refused.problem().sentence()),
                refused.problem().retryAfter().flatMap(wait -> delay(locale, wait)),
                refused.requestId(),
                Optional.of(onward(locale, code, back)));
        return error(locale, page);
    }

    /** Where whoever asked for this path may begin again by opening a page. */
    private static String wayBack(String target) {
        String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        Optional<PagePath> page = PagePath.at(path);
        if (page.isPresent()) {
            return page.get().again().path();
        }
        // What is posted below the account's pages can be opened too.
        return path.startsWith(PagePath.ACCOUNT.path() + "/") ? path : "/";
    }

    private PageLink onward(Locale locale, ErrorCode code, String back) {
        return switch (code.status()) {
            case 401 -> link(locale, PagePath.LOGIN.path(), "login.title");
            case 403, 404 ->
                back.startsWith(PagePath.ACCOUNT.path())
                        ? link(locale, PagePath.ACCOUNT.path(), "onward.account")
                        : link(locale, "/", "onward.start");
            default -> link(locale, back, back.equals("/") ? "onward.start" : "onward.again");
        };
    }

    /** A link that does not work is mailed anew where that can be asked for. */
    private PageLink afterLink(Locale locale, String target) {
        String back = wayBack(target);
        boolean anew = back.equals(PagePath.FORGOT.path()) || back.equals(PagePath.VERIFY_EMAIL_AGAIN.path());
        return anew ? link(locale, back, "onward.new_link") : link(locale, PagePath.LOGIN.path(), "login.title");
    }

    private Optional<String> delay(Locale locale, Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            return Optional.empty();
        }
        long seconds = wait.plusMillis(999).toSeconds();
        if (seconds <= SECONDS_TOLD) {
            return Optional.of(text(locale, "error.wait.seconds", Map.of("seconds", Long.toString(seconds))));
        }
        long minutes = Math.ceilDiv(seconds, 60);
        return Optional.of(text(locale, "error.wait.minutes", Map.of("minutes", Long.toString(minutes))));
    }

    private PageLink link(Locale locale, String href, String label) {
        return new PageLink(texts(locale).get(label), href);
    }

    /** Whoever is not signed in signs in, whoever was not lately confirms that; then they go on where they wanted to. */
    @Override
    public Optional<String> instead(Refused refused) {
        if (refused.code() == ErrorCode.REAUTHENTICATION_REQUIRED) {
            return Optional.of(View.leadingTo(PagePath.ACCOUNT_CONFIRM.path(), refused.path()));
        }
        return SIGNED_OUT.contains(refused.code())
                ? Optional.of(View.leadingTo(PagePath.LOGIN.path() + "?required=1", refused.path()))
                : Optional.empty();
    }

    /** The tags of the languages there are pages in. */
    public List<String> languages() {
        return frame.languages().offered().stream().map(Language::tag).toList();
    }

    @Override
    public Locale language(List<String> wished) {
        return frame.languages().best(wished).locale();
    }

    private String words(Locale locale, Sentence sentence) {
        return texts(locale).told("problem.", sentence.key(), sentence.values()).orElse(sentence.english());
    }

    /**
     * A page whose template belongs to another package; it takes a {@link View} of {@code page} and uses the same layout.
     *
     * @param template path under {@code src/main/jte}
     * @param address where a GET shows it
     */
    public String custom(Locale locale, String template, String address, String title, Object page) {
        return Templates.html(template, view(page, texts(locale), title, address));
    }

    private String form(String name, PagePath path, Locale locale, Object page) {
        Texts texts = texts(locale);
        return Templates.html("page/" + name + ".jte", view(page, texts, texts.get(name + ".title"), path.path()));
    }

    private String message(Texts texts, MessagePage page) {
        return Templates.html("page/message.jte", view(page, texts, page.title(), ""));
    }

    private <P> View<P> view(P page, Texts texts, String title, String action) {
        return new View<>(page, texts, title, action, frame);
    }

    private Texts texts(Locale locale) {
        return wording.in(locale);
    }
}
