package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TotpDeviceId;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.mfa.MfaFlow;
import dev.latchkey.mfa.PasskeyFlow;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.FormField;
import dev.latchkey.page.PagePath;
import dev.latchkey.passkey.Passkey;
import dev.latchkey.totp.TotpDevice;
import java.util.List;

/** Passkeys and authenticator apps get another name, or go. */
public final class FactorPages {
    /** What can be done to one kind of factor. */
    private interface Kind {
        /** @throws Problem NOT_FOUND */
        String name(Principal.SignedIn user, String id);

        void rename(Request request, String id, String name);

        void remove(Request request, String id);

        int longestName();
    }

    private final AccountFrame frame;
    private final MfaFlow factors;
    private final PasskeyFlow passkeys;

    public FactorPages(AccountFrame frame, MfaFlow factors, PasskeyFlow passkeys) {
        this.frame = frame;
        this.factors = factors;
        this.passkeys = passkeys;
    }

    public void mount(Mount site) {
        mount(site, PagePath.ACCOUNT.path() + "/passkeys/{id}", new Passkeys());
        mount(site, PagePath.ACCOUNT.path() + "/authenticators/{id}", new Authenticators());
    }

    private void mount(Mount site, String path, Kind kind) {
        String removal = path + "/remove";
        site.get(path, Access.recent(), request -> frame.show(request, nameForm(request, path, kind)))
                .summary("The form that gives a factor another name.");
        site.post(path, Access.recent(), request -> rename(request, path, kind))
                .comingBackTo(frame.forms().keeping(request -> place(request, path), "name"))
                .summary("Gives a factor the form's name.");
        site.get(removal, Access.recent(), request -> frame.show(request, removalForm(request, removal, kind)))
                .summary("Asks whether to remove a factor.");
        site.post(removal, Access.recent(), request -> remove(request, removal, kind))
                .summary("Removes a factor.");
    }

    private ActionPage nameForm(Request request, String path, Kind kind) {
        String id = request.path("id");
        String name = kind.name(request.user(), id);
        String typed = request.form("name")
                .orElseGet(
                        () -> frame.forms().take(request, place(request, path)).getOrDefault("name", name));
        List<FormField> fields = List.of(FormField.text("name", "account.rename.name", typed));
        return form(request, "account.rename", path, fields).naming("name", name);
    }

    private ActionPage removalForm(Request request, String path, Kind kind) {
        return form(request, "account.remove", path, List.of())
                .naming("name", kind.name(request.user(), request.path("id")))
                .dangerous();
    }

    private ActionPage form(Request request, String key, String path, List<FormField> fields) {
        return ActionPage.of(frame.menu(request, PagePath.ACCOUNT_SECURITY), key, place(request, path), fields);
    }

    private static String place(Request request, String path) {
        return path.replace("{id}", request.path("id"));
    }

    private Reply rename(Request request, String path, Kind kind) {
        try {
            Validation check = new Validation();
            String name = check.text("name", AccountFrame.typed(request, "name"), kind.longestName());
            check.done();
            kind.rename(request, request.path("id"), name);
            return Done.RENAMED.then(PagePath.ACCOUNT_SECURITY);
        } catch (Problem refused) {
            return frame.again(request, nameForm(request, path, kind), refused, "name");
        }
    }

    private Reply remove(Request request, String path, Kind kind) {
        try {
            kind.remove(request, request.path("id"));
        } catch (Problem refused) {
            // Not there any more: it went in another tab, and what was wanted is so.
            if (refused.code() != ErrorCode.NOT_FOUND) {
                return frame.again(request, removalForm(request, path, kind), refused, "submit");
            }
        }
        return Done.REMOVED.then(PagePath.ACCOUNT_SECURITY);
    }

    private static Problem unknown() {
        return Problem.of(ErrorCode.NOT_FOUND);
    }

    private final class Passkeys implements Kind {
        @Override
        public String name(Principal.SignedIn user, String id) {
            return passkeys.list(user).stream()
                    .filter(passkey -> passkey.id().value().equals(id))
                    .map(Passkey::name)
                    .findFirst()
                    .orElseThrow(FactorPages::unknown);
        }

        @Override
        public void rename(Request request, String id, String name) {
            passkeys.rename(request.user(), PasskeyId.parse(id).orElseThrow(FactorPages::unknown), name);
        }

        @Override
        public void remove(Request request, String id) {
            PasskeyId passkey = PasskeyId.parse(id).orElseThrow(FactorPages::unknown);
            passkeys.remove(request.user(), passkey, request.context());
        }

        @Override
        public int longestName() {
            return Passkey.MAX_NAME;
        }
    }

    private final class Authenticators implements Kind {
        @Override
        public String name(Principal.SignedIn user, String id) {
            return factors.status(user).devices().stream()
                    .filter(device -> device.id().value().equals(id))
                    .map(TotpDevice::name)
                    .findFirst()
                    .orElseThrow(FactorPages::unknown);
        }

        @Override
        public void rename(Request request, String id, String name) {
            factors.rename(request.user(), TotpDeviceId.parse(id).orElseThrow(FactorPages::unknown), name);
        }

        @Override
        public void remove(Request request, String id) {
            TotpDeviceId device = TotpDeviceId.parse(id).orElseThrow(FactorPages::unknown);
            factors.remove(request.user(), device, request.context());
        }

        @Override
        public int longestName() {
            return TotpDevice.MAX_NAME;
        }
    }
}
