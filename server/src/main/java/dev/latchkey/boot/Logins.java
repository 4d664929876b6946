package dev.latchkey.boot;

import dev.latchkey.audit.EventType;
import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.StepUp;
import dev.latchkey.core.TimeFloor;
import dev.latchkey.db.Tx;
import dev.latchkey.hosted.AccountFrame;
import dev.latchkey.hosted.AddPasskeyPages;
import dev.latchkey.hosted.AuthenticatorPages;
import dev.latchkey.hosted.Destinations;
import dev.latchkey.hosted.EnrolPasskeyPages;
import dev.latchkey.hosted.EnrolmentPages;
import dev.latchkey.hosted.FactorOfferPages;
import dev.latchkey.hosted.FactorPages;
import dev.latchkey.hosted.KeptForms;
import dev.latchkey.hosted.LoginLinkPages;
import dev.latchkey.hosted.LoginPages;
import dev.latchkey.hosted.LostFactorPages;
import dev.latchkey.hosted.MfaPages;
import dev.latchkey.hosted.PasskeyPages;
import dev.latchkey.hosted.PhonePages;
import dev.latchkey.hosted.SecurityPages;
import dev.latchkey.hosted.Steps;
import dev.latchkey.http.Mount;
import dev.latchkey.human.HumanService;
import dev.latchkey.issuer.TokenIssuer;
import dev.latchkey.login.ChallengeRoutes;
import dev.latchkey.login.FactorOffer;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.login.LoginRoutes;
import dev.latchkey.login.MailLogin;
import dev.latchkey.login.MailLoginRoutes;
import dev.latchkey.login.PasskeyLogin;
import dev.latchkey.login.PasskeyLoginRoutes;
import dev.latchkey.login.Proof;
import dev.latchkey.login.Reauthentication;
import dev.latchkey.login.SecondFactors;
import dev.latchkey.login.SessionAssurance;
import dev.latchkey.login.SignIn;
import dev.latchkey.login.SignInReplies;
import dev.latchkey.login.TextedCodeRoutes;
import dev.latchkey.login.TextedCodes;
import dev.latchkey.mfa.LoginEnrolmentRoutes;
import dev.latchkey.mfa.MfaFlow;
import dev.latchkey.mfa.MfaRoutes;
import dev.latchkey.mfa.PasskeyFlow;
import dev.latchkey.mfa.PasskeyRoutes;
import dev.latchkey.mfa.PhoneFlow;
import dev.latchkey.mfa.PhoneRoutes;
import dev.latchkey.mfa.RecoveryFlow;
import dev.latchkey.mfa.RecoveryPages;
import dev.latchkey.mfa.RecoveryRoutes;
import dev.latchkey.mfa.SecondFactorSwitch;
import dev.latchkey.mfa.TotpEnrolment;
import dev.latchkey.mfa.TrustedBrowserFlow;
import dev.latchkey.mfa.TrustedBrowserRoutes;
import dev.latchkey.page.Pages;
import dev.latchkey.user.User;
import java.util.function.Function;

/** The login, wired, with the factors that it asks for. */
final class Logins {
    final SignIn signIn;
    final LoginFlow flow;
    final Reauthentication reauthentication;
    final SignInReplies replies;
    final Steps steps;
    final TextedCodes textedCodes;
    final PasskeyLogin passkeyLogin;
    final KeptForms forms;
    final TrustedBrowserFlow trustedBrowsers;
    private final FactorOffer offer;
    private final SecondFactors secondFactors;
    private final Services services;
    private final HumanService human;
    private final Function<SessionId, String> csrf;

    /** @param csrf the CSRF token of a session */
    Logins(Services services, HumanService human, TokenIssuer issuer, Function<SessionId, String> csrf) {
        Configuration configuration = services.configuration;
        this.services = services;
        this.human = human;
        this.csrf = csrf;
        this.forms = new KeptForms(services.ephemeral, services.sealer, services.secrets);
        this.signIn = new SignIn(
                services.users,
                services.sessions,
                services.devices,
                services.refresh,
                configuration.grants(),
                services.audit);
        this.secondFactors = new SecondFactors(
                services.totp,
                services.backupCodes,
                services.passkeys,
                services.phones,
                services.loginCodes,
                services.lockout,
                services.audit);
        this.offer = new FactorOffer(
                configuration.mfa().offered(), services.database, services.users, secondFactors, services.clock);
        this.replies = new SignInReplies(issuer, configuration.tokens().accessTtl(), csrf, offer, services.clock);
        this.flow = new LoginFlow(
                configuration.login(),
                configuration.mfa(),
                services.database,
                services.users,
                services.passwords,
                services.signUpAttempts,
                secondFactors,
                services.ephemeral,
                services.secrets,
                services.lockout,
                services.devices,
                human,
                services.recoveries,
                signIn,
                services.audit,
                services.clock);
        this.steps = new Steps(
                flow, replies, offer, new Destinations(configuration.http().corsOrigins()));
        this.textedCodes = new TextedCodes(
                services.database,
                services.users,
                services.phones,
                services.loginCodes,
                services.sms,
                services.outbox,
                flow,
                services.audit);
        this.passkeyLogin = new PasskeyLogin(services.database, services.passkeys, flow, services.audit);
        this.trustedBrowsers = new TrustedBrowserFlow(
                configuration.mfa().trustedDevice(), services.database, services.devices, services.audit);
        this.reauthentication = new Reauthentication(
                services.database,
                services.users,
                services.passwords,
                services.lockout,
                services.devices,
                services.sessions,
                secondFactors,
                services.recoveries,
                signIn,
                services.audit);
    }

    /**
     * @param mfa under {@code /api/v1/mfa}
     * @param passkeys under {@code /api/v1/passkeys}
     */
    void mount(Mount auth, Mount mfa, Mount passkeys, Mount site, Pages pages) {
        new LoginRoutes(flow, reauthentication, replies).mount(auth);
        new ChallengeRoutes(flow, replies).mount(mfa);
        MailLogin mailLogin = new MailLogin(
                services.database,
                services.users,
                services.loginCodes,
                services.outbox,
                flow,
                services.lockout,
                services.mailboxProof,
                services.audit,
                services.secrets,
                new TimeFloor(services.configuration.login().failureFloor()),
                services.clock);
        new MailLoginRoutes(mailLogin, human, replies).mount(auth);
        new LoginLinkPages(pages, steps, mailLogin, csrf).mount(site);
        new PasskeyLoginRoutes(passkeyLogin, reauthentication, replies).mount(passkeys);
        SecondFactorSwitch factorSwitch = factorSwitch();
        PasskeyFlow ownPasskeys =
                new PasskeyFlow(services.database, services.users, services.passkeys, factorSwitch, services.audit);
        new PasskeyRoutes(ownPasskeys).mount(passkeys);
        TotpEnrolment enrolment =
                new TotpEnrolment(services.database, services.users, services.totp, factorSwitch, services.audit);
        MfaFlow factors = new MfaFlow(
                services.database,
                services.users,
                services.totp,
                services.phones,
                services.backupCodes,
                services.configuration.mfa()::requires,
                this::prove,
                factorSwitch,
                services.audit);
        new MfaRoutes(enrolment, factors).mount(mfa);
        new TrustedBrowserRoutes(trustedBrowsers).mount(mfa);
        PhoneFlow phones = mountTexts(mfa, factorSwitch);
        LoginsUnderWay waiting = new LoginsUnderWay(flow, replies);
        new LoginEnrolmentRoutes(enrolment, ownPasskeys, waiting).mount(mfa);
        RecoveryFlow recovery = new RecoveryFlow(
                services.database,
                services.users,
                services.recoveries,
                services.links,
                waiting,
                services.passwords,
                reauthentication::prove,
                secondFactors::hasAny,
                services.audit);
        new RecoveryRoutes(recovery).mount(mfa);
        new RecoveryPages(pages, recovery, csrf).mount(site);
        mountPages(site, pages, mailLogin, enrolment, recovery, ownPasskeys);
        AccountFrame frame = new AccountFrame(pages, csrf, forms);
        new SecurityPages(
                        frame,
                        factors,
                        ownPasskeys,
                        services.passkeys.available(),
                        phones.offered(),
                        this::lacksPassword,
                        this::signedInElsewhere)
                .mount(site);
        new LostFactorPages(pages, frame, steps, recovery, this::lacksPassword).mount(site);
        new PhonePages(frame, phones).mount(site);
        new FactorPages(frame, factors, ownPasskeys).mount(site);
        new AuthenticatorPages(pages, frame, steps, enrolment).mount(site);
        new AddPasskeyPages(pages, frame, steps, ownPasskeys).mount(site);
        new FactorOfferPages(frame, steps, offer, services.passkeys.available()).mount(site);
    }

    private void mountPages(
            Mount site,
            Pages pages,
            MailLogin mailLogin,
            TotpEnrolment enrolment,
            RecoveryFlow recovery,
            PasskeyFlow ownPasskeys) {
        Configuration configuration = services.configuration;
        LoginPages loginPages = new LoginPages(
                pages,
                new AccountFrame(pages, csrf, forms),
                steps,
                flow,
                mailLogin,
                human,
                services.passkeys.available(),
                configuration.registration().open());
        loginPages.mount(site);
        boolean offersTrust = configuration.mfa().trustedDevice().isPositive();
        MfaPages mfaPages = new MfaPages(pages, steps, flow, recovery, textedCodes, offersTrust);
        mfaPages.mount(site);
        new PasskeyPages(steps, flow, passkeyLogin, loginPages, mfaPages).mount(site);
        EnrolmentPages enrolmentPages =
                new EnrolmentPages(pages, steps, flow, enrolment, services.passkeys.available());
        enrolmentPages.mount(site);
        new EnrolPasskeyPages(pages, steps, flow, ownPasskeys, enrolmentPages).mount(site);
    }

    /** Whether nothing that this user could type would be their password. */
    boolean lacksPassword(Principal.SignedIn principal) {
        return services.database.read(
                sql -> services.passwords.storedHash(sql, principal.user()).isEmpty());
    }

    private boolean signedInElsewhere(Principal.SignedIn principal) {
        return services.database.read(
                sql -> services.sessions.list(sql, principal.user()).size() > 1);
    }

    SecondFactorSwitch factorSwitch() {
        return new SecondFactorSwitch(
                services.users,
                services.totp,
                services.phones,
                services.backupCodes,
                services.lockout,
                services.configuration.mfa()::requires,
                secondFactors::hasAny,
                new ProvedInSession(new SessionAssurance(services.sessions, services.refresh)),
                services.audit,
                new StepUp(services.configuration.http().stepUp(), services.clock));
    }

    private PhoneFlow mountTexts(Mount mfa, SecondFactorSwitch factorSwitch) {
        new TextedCodeRoutes(textedCodes, flow).mount(mfa);
        PhoneFlow phones = new PhoneFlow(
                services.configuration.phones(),
                services.database,
                services.users,
                services.phones,
                services.loginCodes,
                services.configuration.sms()::allows,
                new TextsForSetUp(textedCodes),
                factorSwitch,
                services.audit);
        new PhoneRoutes(phones).mount(mfa);
        return phones;
    }

    private boolean prove(Tx tx, User user, SessionId session, String code, RequestContext context) {
        Proof.Second proof = Proof.boundTo(TextedCodes.ofSession(session), Proof.typed(code));
        return secondFactors.spend(tx, user, proof, EventType.FACTOR_REFUSED, context)
                instanceof SecondFactors.Check.Right;
    }
}
