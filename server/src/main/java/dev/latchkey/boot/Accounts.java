package dev.latchkey.boot;

import dev.latchkey.account.AccountMails;
import dev.latchkey.account.DataExport;
import dev.latchkey.account.Disavowal;
import dev.latchkey.account.EmailVerification;
import dev.latchkey.account.LinkPages;
import dev.latchkey.account.NewPassword;
import dev.latchkey.account.OpenSession;
import dev.latchkey.account.OwnDataRoutes;
import dev.latchkey.account.PasswordChange;
import dev.latchkey.account.PasswordRecovery;
import dev.latchkey.account.ProfileFlow;
import dev.latchkey.account.Registration;
import dev.latchkey.account.SecurityHistory;
import dev.latchkey.account.SelfServiceRoutes;
import dev.latchkey.account.SessionsFlow;
import dev.latchkey.account.SignUpRoutes;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.StepUp;
import dev.latchkey.core.TimeFloor;
import dev.latchkey.hosted.AccountFrame;
import dev.latchkey.hosted.AccountPages;
import dev.latchkey.hosted.ConfirmPages;
import dev.latchkey.hosted.ConfirmPasskeyPages;
import dev.latchkey.hosted.FirstPasswordPages;
import dev.latchkey.hosted.HistoryPages;
import dev.latchkey.hosted.PasswordMeter;
import dev.latchkey.hosted.PasswordPages;
import dev.latchkey.hosted.PrivacyPages;
import dev.latchkey.hosted.SessionPages;
import dev.latchkey.hosted.SignUpPages;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.human.HumanService;
import dev.latchkey.login.SignInAnswer;
import dev.latchkey.page.Pages;
import java.util.function.Function;

/** What people do with their own account, from sign-up to deletion, wired. */
final class Accounts {
    private final Services services;
    private final Configuration configuration;
    private final Logins logins;
    private final HumanService human;
    private final Function<SessionId, String> csrf;
    private final StepUp stepUp;
    private final OpenSession openSession;
    private final TimeFloor floor;
    private final AccountMails mails;
    private final NewPassword newPassword;

    /** @param csrf the CSRF token of a session */
    Accounts(Services services, Logins logins, HumanService human, Function<SessionId, String> csrf, StepUp stepUp) {
        this.services = services;
        this.configuration = services.configuration;
        this.logins = logins;
        this.human = human;
        this.csrf = csrf;
        this.stepUp = stepUp;
        this.openSession = (tx, wanted, context) ->
                logins.signIn.open(tx, wanted, context).map(opened -> status -> logins.replies.reply(status, opened));
        this.floor = new TimeFloor(configuration.login().failureFloor());
        this.mails = new AccountMails(services.outbox, services.links, services.clock);
        this.newPassword = new NewPassword(services.passwords, services.audit);
    }

    /** @param auth under {@code /api/v1/auth} */
    void mount(Mount auth, Mount site, Pages pages) {
        PasswordRecovery recovery = passwordRecovery();
        mountSignUp(auth, site, pages, recovery);
        AccountFrame frame = new AccountFrame(pages, csrf, logins.forms);
        ProfileFlow profile = profile();
        new FirstPasswordPages(pages, frame, logins::lacksPassword, profile, recovery).mount(site);
        mountProfile(auth, site, pages, frame, profile);
        mountOwnData(auth, site, frame, profile);
        ConfirmPages confirm =
                new ConfirmPages(pages, frame, logins.steps, logins.reauthentication, logins.textedCodes);
        confirm.mount(site);
        new ConfirmPasskeyPages(confirm, logins.steps, logins.passkeyLogin, logins.reauthentication).mount(site);
    }

    private void mountSignUp(Mount auth, Mount site, Pages pages, PasswordRecovery recovery) {
        EmailVerification verification = new EmailVerification(
                services.database,
                services.users,
                services.links,
                mails,
                services.mailboxProof,
                services.devices,
                services.audit,
                floor);
        Disavowal disavowal = new Disavowal(services.database, services.users, services.links, mails, services.audit);
        Registration registration = new Registration(
                configuration.registration(),
                services.database,
                services.users,
                services.passwords,
                services.signUpAttempts,
                newPassword,
                mails,
                openSession,
                services.audit,
                floor,
                services.clock);
        new SignUpRoutes(registration, verification, recovery, disavowal, human, SignInAnswer.class).mount(auth);
        new SignUpPages(
                        pages,
                        logins.steps,
                        registration,
                        recovery,
                        verification,
                        human,
                        configuration.registration().requiredConsents())
                .mount(site);
        new LinkPages(pages, verification, recovery, disavowal, csrf).mount(site);
    }

    private PasswordRecovery passwordRecovery() {
        return new PasswordRecovery(
                services.database,
                services.users,
                services.passwords,
                newPassword,
                services.links,
                mails,
                services.mailboxProof,
                services.audit,
                floor);
    }

    private ProfileFlow profile() {
        return new ProfileFlow(
                services.database,
                services.users,
                services.directory,
                mails,
                logins.reauthentication::prove,
                logins.factorSwitch()::requireProof,
                services.audit,
                floor,
                stepUp,
                configuration.registration(),
                services.clock);
    }

    private void mountProfile(Mount auth, Mount site, Pages pages, AccountFrame frame, ProfileFlow profile) {
        PasswordChange passwordChange = new PasswordChange(
                services.database,
                services.users,
                services.passwords,
                services.sessions,
                newPassword,
                logins.reauthentication::prove,
                logins.factorSwitch()::requireProof,
                openSession,
                services.audit);
        SessionsFlow sessions = new SessionsFlow(
                services.database, services.users, services.sessions, services.devices, services.audit);
        new AccountPages(pages, frame, profile).mount(site);
        new SessionPages(frame, logins.steps, sessions, logins.trustedBrowsers).mount(site);
        new PasswordPages(frame, passwordChange, logins::lacksPassword).mount(site);
        new PasswordMeter(pages, services.passwords, profile).mount(site);
        new SelfServiceRoutes(profile, sessions, passwordChange, Cookie.SESSION, SignInAnswer.class).mount(auth);
    }

    private void mountOwnData(Mount auth, Mount site, AccountFrame frame, ProfileFlow profile) {
        SecurityHistory history = new SecurityHistory(services.auditReader);
        DataExport export = new DataExport(
                services.database,
                services.users,
                services.sessions,
                services.passkeys,
                services.totp,
                services.phones,
                services.devices,
                history,
                services.audit,
                services.clock);
        new PrivacyPages(frame, profile, export, logins::lacksPassword).mount(site);
        new HistoryPages(frame, history).mount(site);
        new OwnDataRoutes(history, export).mount(auth);
    }
}
