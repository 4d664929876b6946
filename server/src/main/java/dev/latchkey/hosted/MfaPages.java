package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.Problem;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.login.Factor;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.Proof;
import dev.latchkey.login.TextedCodes;
import dev.latchkey.mfa.RecoveryFlow;
import dev.latchkey.mfa.RecoveryRoutes;
import dev.latchkey.page.LostPage;
import dev.latchkey.page.MessagePage;
import dev.latchkey.page.MfaPage;
import dev.latchkey.page.PageLink;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks a waiting login for its second factor. */
public final class MfaPages {
    private static final String TOTP = Factor.TOTP.method();
    private static final String BACKUP_CODE = Factor.BACKUP_CODE.method();
    private static final String PASSKEY = Factor.PASSKEY.method();
    private static final String SMS = Factor.SMS.method();
    private static final List<String> ORDER = List.of(TOTP, PASSKEY, SMS, BACKUP_CODE);

    private final Pages pages;
    private final Steps steps;
    private final LoginFlow login;
    private final RecoveryFlow recovery;
    private final TextedCodes texts;
    private final boolean offersTrust;

    /** @param offersTrust whether a browser may pass for the second factor for a while */
    public MfaPages(
            Pages pages, Steps steps, LoginFlow login, RecoveryFlow recovery, TextedCodes texts, boolean offersTrust) {
        this.pages = pages;
        this.steps = steps;
        this.login = login;
        this.recovery = recovery;
        this.texts = texts;
        this.offersTrust = offersTrust;
    }

    public void mount(Mount site) {
        site.get(PagePath.MFA.path(), Access.anyone(), this::show)
                .summary("The form for a second factor.")
                .takes("with", "The factor to ask for: totp, passkey, sms or backup-code.");
        site.post(PagePath.MFA.path(), Access.anyone(), this::verify)
                .summary("Finishes a login with a second factor.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.MFA, request -> accountKey(login, request))
                .limitedBy(LimitPolicy.SMS_ACCOUNT, request -> wantsText(request) ? accountKey(login, request) : "")
                .limitedBy(LimitPolicy.SMS_NUMBER, request -> wantsText(request) ? numberKey(request) : "");
        site.get(PagePath.MFA_LOST.path(), Access.anyone(), this::showLost)
                .summary("Tells what whoever lost a second factor can do.");
        site.post(PagePath.MFA_LOST.path(), Access.anyone(), this::lost)
                .summary("Begins a recovery.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.RESET_ADDRESS)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> login.waiting(Steps.handle(request))
                                .map(user -> RecoveryRoutes.perAccount(user.value()))
                                .orElse(""));
    }

    /** Per account; whoever invents handles is counted by network. */
    static String accountKey(LoginFlow login, Request request) {
        return login.waiting(Steps.handle(request))
                .map(UserId::value)
                .orElseGet(() -> "unknown|" + request.context().address().siteLimitKey());
    }

    private Reply show(Request request) {
        String returnTo = steps.returnTo(request);
        return steps.standing(request)
                .map(outcome -> outcome instanceof LoginOutcome.Challenged challenged
                        ? Reply.page(200, page(request, challenged.anyOf(), request.query("with"), List.of()))
                        : steps.after(outcome, returnTo))
                .orElseGet(() -> steps.expired(returnTo));
    }

    private Reply verify(Request request) {
        String returnTo = steps.returnTo(request);
        Optional<LoginOutcome> standing = steps.standing(request);
        if (standing.isEmpty()) {
            return steps.expired(returnTo);
        }
        if (!(standing.get() instanceof LoginOutcome.Challenged challenged)) {
            return steps.after(standing.get(), returnTo);
        }
        if (wantsText(request)) {
            return text(request, challenged);
        }
        String code = request.form("code").orElse("");
        if (code.isBlank()) {
            String message = pages.text(request.context().locale(), "mfa.no_code", Map.of());
            return Reply.page(
                    422,
                    page(
                            request,
                            challenged.anyOf(),
                            request.form("with"),
                            List.of(new FieldError("code", "no_code", message))));
        }
        try {
            Proof.Second proof =
                    request.form("with").filter(BACKUP_CODE::equals).isPresent()
                            ? new Proof.BackupCode(code)
                            : new Proof.Digits(code.replace(" ", ""));
            boolean trust = request.form("trust").filter("true"::equals).isPresent();
            return steps.after(login.resume(challenged.handle(), proof, trust, request.context()), returnTo);
        } catch (Problem refused) {
            return again(request, challenged, refused, request.form("with"));
        }
    }

    /** Whether the form's other button was pressed, which asks for a code first. */
    static boolean wantsText(Request request) {
        return request.form("send").filter(SMS::equals).isPresent();
    }

    private Reply text(Request request, LoginOutcome.Challenged challenged) {
        try {
            texts.forLogin(challenged.handle(), request.context());
            return Reply.seeOther(Steps.at(PagePath.MFA.path() + "?with=" + SMS + "&sent=1", steps.returnTo(request)));
        } catch (Problem refused) {
            return again(request, challenged, refused, Optional.of(SMS));
        }
    }

    private String numberKey(Request request) {
        return texts.number(Steps.handle(request)).map(PhoneNumber::value).orElseGet(() -> accountKey(login, request));
    }

    /** The form once more, with what was refused; or the way back, where the login is over. */
    Reply again(Request request, LoginOutcome.Challenged challenged, Problem refused, Optional<String> wanted) {
        if (refused.code() == ErrorCode.LOGIN_EXPIRED || refused.code() == ErrorCode.INVALID_CREDENTIALS) {
            return steps.expired(steps.returnTo(request));
        }
        String field = wanted.filter(PASSKEY::equals).isPresent() ? PASSKEY : "code";
        return Steps.refused(refused, page(request, challenged.anyOf(), wanted, Steps.complaints(refused, field)));
    }

    private String page(Request request, Set<Factor> anyOf, Optional<String> wanted, List<FieldError> errors) {
        List<String> methods = ORDER.stream()
                .filter(method ->
                        anyOf.stream().anyMatch(factor -> factor.method().equals(method)))
                .toList();
        String shown = wanted.filter(methods::contains).orElse(methods.isEmpty() ? TOTP : methods.getFirst());
        List<String> others =
                methods.stream().filter(method -> !method.equals(shown)).toList();
        MfaPage page = new MfaPage(
                steps.returnTo(request),
                shown,
                others,
                shown.equals(SMS) && request.query("sent").isPresent(),
                offersTrust,
                errors);
        return pages.show(request.context().locale(), PagePath.MFA, page);
    }

    private Reply showLost(Request request) {
        return whereAsked(request, returnTo -> {
            LostPage page = new LostPage(returnTo);
            return Reply.page(200, pages.show(request.context().locale(), PagePath.MFA_LOST, page));
        });
    }

    private Reply lost(Request request) {
        return whereAsked(request, returnTo -> begun(request, returnTo));
    }

    /** In a login that asks for a second factor; any other goes on with what it waits for. */
    private Reply whereAsked(Request request, Function<String, Reply> asked) {
        String returnTo = steps.returnTo(request);
        return steps.standing(request)
                .map(outcome -> outcome instanceof LoginOutcome.Challenged
                        ? asked.apply(returnTo)
                        : steps.after(outcome, returnTo))
                .orElseGet(() -> steps.expired(returnTo));
    }

    private Reply begun(Request request, String returnTo) {
        Locale locale = request.context().locale();
        try {
            String time = pages.time(locale, recovery.request(Steps.handle(request), request.context()));
            return Reply.page(
                    200,
                    leadingToLogin(
                            locale,
                            returnTo,
                            pages.text(locale, "mfa_lost.sent.title", Map.of()),
                            pages.text(locale, "mfa_lost.sent.text", Map.of("time", time))));
        } catch (Problem refused) {
            if (refused.code() != ErrorCode.CONFLICT) {
                throw refused;
            }
            return Reply.page(
                    refused.code().status(),
                    leadingToLogin(
                            locale,
                            returnTo,
                            pages.text(locale, "mfa_lost.title", Map.of()),
                            pages.text(locale, "problem.recovery_needs_password", Map.of())));
        }
    }

    private String leadingToLogin(Locale locale, String returnTo, String title, String text) {
        PageLink onward =
                new PageLink(pages.text(locale, "login.title", Map.of()), Steps.at(PagePath.LOGIN.path(), returnTo));
        return pages.message(locale, new MessagePage(title, text, Optional.of(onward)));
    }
}
