package dev.latchkey.hosted;

import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.mfa.MfaFlow;
import dev.latchkey.mfa.PasskeyFlow;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.FormField;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.SecurityPage;
import dev.latchkey.passkey.Passkey;
import dev.latchkey.phone.Phone;
import dev.latchkey.totp.TotpDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a person signs in with, at a glance; new backup codes; the second step switched off. */
public final class SecurityPages {
    private static final String BACKUP_CODES = PagePath.ACCOUNT.path() + "/backup-codes";
    private static final String OFF = PagePath.ACCOUNT.path() + "/two-step/off";
    private static final int MOST_CODE = 64;

    private final AccountFrame frame;
    private final MfaFlow factors;
    private final PasskeyFlow passkeys;
    private final boolean offersPasskeys;
    private final boolean offersPhone;
    private final Predicate<Principal.SignedIn> lacksPassword;
    private final Predicate<Principal.SignedIn> signedInElsewhere;

    /**
     * @param offersPasskeys whether passkeys can be made at this server's address
     * @param offersPhone whether a telephone number can be set up here
     * @param signedInElsewhere whether there are sessions beside this one
     */
    public SecurityPages(
            AccountFrame frame,
            MfaFlow factors,
            PasskeyFlow passkeys,
            boolean offersPasskeys,
            boolean offersPhone,
            Predicate<Principal.SignedIn> lacksPassword,
            Predicate<Principal.SignedIn> signedInElsewhere) {
        this.frame = frame;
        this.factors = factors;
        this.passkeys = passkeys;
        this.offersPasskeys = offersPasskeys;
        this.offersPhone = offersPhone;
        this.lacksPassword = lacksPassword;
        this.signedInElsewhere = signedInElsewhere;
    }

    public void mount(Mount site) {
        site.get(PagePath.ACCOUNT_SECURITY.path(), Access.signedIn(), this::show)
                .summary("What the person signs in with.");
        site.get(BACKUP_CODES, Access.recent(), request -> frame.show(request, codesForm(request)))
                .summary("Asks whether to make new backup codes.");
        site.post(BACKUP_CODES, Access.recent(), this::renewCodes)
                .summary("Makes new backup codes and shows them, this once.")
                .limitedBy(LimitPolicy.MFA, AccountFrame::userKey);
        site.get(OFF, Access.signedIn(), request -> frame.show(request, offForm(request)))
                .summary("The form that switches the second step off.");
        site.post(OFF, Access.signedIn(), this::switchOff)
                .summary("Removes authenticator apps and backup codes, after one of their codes.")
                .limitedBy(LimitPolicy.MFA, AccountFrame::userKey);
    }

    private Reply show(Request request) {
        MfaFlow.Status status = factors.status(request.user());
        SecurityPage page = new SecurityPage(
                frame.menu(request, PagePath.ACCOUNT_SECURITY),
                Done.said(request),
                Done.changedFactors(request) && signedInElsewhere.test(request.user()),
                !lacksPassword.test(request.user()),
                status.enabled(),
                status.required(),
                offersPasskeys,
                passkeys.list(request.user()).stream()
                        .map(passkey -> entry(request, passkey))
                        .toList(),
                status.devices().stream().map(device -> entry(request, device)).toList(),
                offersPhone,
                status.phone().map(phone -> entry(request, phone)),
                status.backupCodesLeft());
        return frame.show(request, PagePath.ACCOUNT_SECURITY, page);
    }

    private SecurityPage.Factor entry(Request request, Passkey passkey) {
        List<String> notes = new ArrayList<>();
        notes.add(
                passkey.backedUp() ? "account_security.passkeys.backed_up" : "account_security.passkeys.not_backed_up");
        if (!passkey.userVerified()) {
            notes.add("account_security.passkeys.touch_only");
        }
        if (passkey.cloneSuspectedAt().isPresent()) {
            notes.add("account_security.passkeys.refused");
        }
        return new SecurityPage.Factor(
                passkey.id().value(),
                passkey.name(),
                frame.time(request, passkey.createdAt()),
                passkey.lastUsedAt().map(time -> frame.time(request, time)),
                notes);
    }

    private SecurityPage.Factor entry(Request request, TotpDevice device) {
        return new SecurityPage.Factor(
                device.id().value(),
                device.name(),
                frame.time(request, device.createdAt()),
                device.lastUsedAt().map(time -> frame.time(request, time)),
                List.of());
    }

    private SecurityPage.Factor entry(Request request, Phone phone) {
        return new SecurityPage.Factor(
                "phone",
                phone.number().masked(),
                frame.time(request, phone.createdAt()),
                phone.lastUsedAt().map(time -> frame.time(request, time)),
                List.of());
    }

    private ActionPage codesForm(Request request) {
        return ActionPage.of(
                frame.menu(request, PagePath.ACCOUNT_SECURITY), "account.renew_codes", BACKUP_CODES, List.of());
    }

    private Reply renewCodes(Request request) {
        List<String> codes;
        try {
            codes = factors.renewBackupCodes(request.user(), request.context());
        } catch (Problem refused) {
            return frame.again(request, codesForm(request), refused, "submit");
        }
        return frame.showCodes(request, codes);
    }

    private ActionPage offForm(Request request) {
        List<FormField> fields = List.of(FormField.code("account.two_step_off.code"));
        return ActionPage.of(frame.menu(request, PagePath.ACCOUNT_SECURITY), "account.two_step_off", OFF, fields)
                .dangerous();
    }

    private Reply switchOff(Request request) {
        String code = AccountFrame.typed(request, "code");
        if (code.isBlank() || code.length() > MOST_CODE) {
            Problem missing = Problem.invalid(List.of(frame.complaint(request, "code", "mfa.no_code")));
            return frame.again(request, offForm(request), missing, "code");
        }
        try {
            factors.disable(request.user(), code, request.context());
        } catch (Problem refused) {
            return frame.again(request, offForm(request), refused, "code");
        }
        return Done.FACTORS_OFF.then(PagePath.ACCOUNT_SECURITY);
    }
}
