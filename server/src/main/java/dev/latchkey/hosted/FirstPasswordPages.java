package dev.latchkey.hosted;

import dev.latchkey.account.MailPurpose;
import dev.latchkey.account.PasswordRecovery;
import dev.latchkey.account.ProfileFlow;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.Principal;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.MessagePage;
import dev.latchkey.page.PageLink;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a signed-in person is led who has no password and met a form that asks for it: their mailbox was claimed, a change was
 * disowned, or they were imported without one. Nothing they could type there would be right.
 */
public final class FirstPasswordPages {
    private static final String PATH = PagePath.ACCOUNT.path() + "/password/first";

    private final Pages pages;
    private final AccountFrame frame;
    private final Predicate<Principal.SignedIn> lacksPassword;
    private final ProfileFlow profile;
    private final PasswordRecovery recovery;

    public FirstPasswordPages(
            Pages pages,
            AccountFrame frame,
            Predicate<Principal.SignedIn> lacksPassword,
            ProfileFlow profile,
            PasswordRecovery recovery) {
        this.pages = pages;
        this.frame = frame;
        this.lacksPassword = lacksPassword;
        this.profile = profile;
        this.recovery = recovery;
    }

    /** Instead of a form that asks for a password. */
    static Reply instead() {
        return Reply.seeOther(PATH);
    }

    public void mount(Mount site) {
        site.get(PATH, Access.signedIn(), this::show).summary("Tells a person who has no password how to get one.");
        site.post(PATH, Access.signedIn(), this::mail)
                .summary("Mails the own address a link to choose a password.")
                .limitedBy(LimitPolicy.RESET_ADDRESS)
                .limitedBy(LimitPolicy.RESET_EMAIL, request -> MailPurpose.NEW_PASSWORD.limitKey(address(request)));
    }

    private Reply show(Request request) {
        if (!lacksPassword.test(request.user())) {
            return Reply.seeOther(PasswordPages.PATH);
        }
        return frame.show(
                request,
                ActionPage.of(frame.menu(request, PagePath.ACCOUNT_SECURITY), "account.first_password", PATH, List.of())
                        .naming("email", address(request).asTyped()));
    }

    private Reply mail(Request request) {
        if (!lacksPassword.test(request.user())) {
            return Reply.seeOther(PasswordPages.PATH);
        }
        EmailAddress address = address(request);
        recovery.forgot(address, request.context());
        Locale locale = request.context().locale();
        MessagePage sent = new MessagePage(
                pages.text(locale, "forgot.sent.title", Map.of()),
                pages.text(locale, "account.first_password.sent", Map.of("email", address.asTyped())),
                Optional.of(new PageLink(pages.text(locale, "onward.account", Map.of()), PagePath.ACCOUNT.path())));
        return Reply.page(200, pages.message(locale, sent));
    }

    private EmailAddress address(Request request) {
        return profile.me(request.user()).email();
    }
}
