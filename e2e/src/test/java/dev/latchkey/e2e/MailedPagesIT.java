package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that a mail leads to, and the mailbox of development, judged and kept as pictures. */
@ExtendWith(WorldExtension.class)
class MailedPagesIT {
    private static final int LOCKING_FAILURES = 5;

    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S4-05 S4-06 pages for a new password, a mailed login and a stolen account keep WCAG 2.2 AA")
    void links(Look look, Cast cast) {
        Visitor visitor = cast.visitor(look);
        Gallery gallery = new Gallery(visitor);
        Account ada = Account.signedUp(visitor, cast.newAddress());
        visitor.forgetCookies().open("/forgot").type("email", ada.address()).press("submit");
        visitor.open(cast.mails().link(ada.address(), "/reset-password"));
        gallery.keep("reset-password");
        visitor.type("newPassword", "qwertyuiop[]")
                .type("repeatPassword", "qwertyuiop[]")
                .press("submit");
        gallery.keep("reset-password-refused");
        visitor.open("/login").type("email", ada.address()).press("mail-code").at("/login/code");
        visitor.open(cast.mails().link(ada.address(), "/login/link"));
        gallery.keep("login-link");

        ada.with(cast.visitor(Look.DARK_PHONE)).typePassword();
        visitor.open(cast.mails().link(ada.address(), "/not-me"));
        gallery.keep("not-me");
        visitor.press("submit");
        gallery.keep("not-me-done");
        assertThat(visitor.signedIn()).isFalse();
        assertThat(gallery.violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName(
            "S4-05 S4-06 a locked account is told so, is unlocked by the mailed link, and its pages keep WCAG 2.2 AA")
    void locked(Look look, Cast cast) {
        Visitor owner = cast.visitor(look);
        Gallery gallery = new Gallery(owner);
        Account ada = Account.signedUp(owner, cast.newAddress());
        Visitor thief = cast.visitor(Look.DESKTOP);
        for (int guess = 0; guess < LOCKING_FAILURES; guess++) {
            thief.open("/login").type("email", ada.address());
            thief.type("password", "guess " + guess).press("submit");
            thief.page().waitForLoadState();
        }
        String link = cast.mails().link(ada.address(), "/unlock-account");
        owner.forgetCookies();
        ada.typePassword();
        gallery.keep("login-locked");
        owner.open(link);
        gallery.keep("unlock-account");
        owner.press("submit");
        gallery.keep("unlock-account-done");
        ada.typePassword();
        owner.at("/account");
        assertThat(gallery.violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S4-05 S4-06 the mailbox of development keeps WCAG 2.2 AA")
    void mailbox(Look look, Cast cast) {
        try (ServerProcess fresh = new ServerProcess("mailbox", Installed.plain())) {
            Visitor visitor = cast.visitor(look);
            Gallery gallery = new Gallery(visitor);
            visitor.open(fresh.origin() + "/dev/mail");
            gallery.keep("dev-mail-empty");
            visitor.open(fresh.origin() + "/signup").type("email", "ada@example.com");
            visitor.type("password", Account.PASSWORD).press("submit").at("/account");
            visitor.openMail(fresh.origin() + "/dev/mail", "", "ada@example.com");
            gallery.keep("dev-mail-one");
            visitor.press("all").at("/dev/mail");
            gallery.keep("dev-mail");
            visitor.press("previews").at("/dev/mail/preview");
            gallery.keep("dev-mail-previews");
            for (String mail : new String[] {"verify_email", "new_device", "account_locked", "login_code"}) {
                mail(visitor, fresh, mail);
                gallery.keep("mail-" + mail.replace('_', '-'));
            }
            assertThat(gallery.violations()).isEmpty();
        }
    }

    /** Its page runs no script, not even one that judges; so what is on it is put on another. */
    private static void mail(Visitor visitor, ServerProcess server, String name) {
        String language = visitor.look().language().substring(0, 2);
        String html = server.get("/dev/mail/preview/" + name + "/" + language + "/html", "text/html");
        visitor.open("about:blank").page().setContent(html);
    }
}
