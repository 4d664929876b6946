package dev.latchkey.hosted;

import dev.latchkey.account.ConsentsInput;
import dev.latchkey.account.DataExport;
import dev.latchkey.account.ProfileFlow;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.FormField;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.PrivacyPage;
import dev.latchkey.user.Consent;
import dev.latchkey.user.ConsentKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a person agreed to; a copy of what is kept about them; the end of the account. */
public final class PrivacyPages {
    private static final String EXPORT = PagePath.ACCOUNT.path() + "/export";
    private static final String DELETE = PagePath.ACCOUNT.path() + "/delete";
    private static final int MOST_PASSWORD = 1024;

    private final AccountFrame frame;
    private final ProfileFlow profile;
    private final DataExport export;
    private final Predicate<Principal.SignedIn> lacksPassword;

    public PrivacyPages(
            AccountFrame frame, ProfileFlow profile, DataExport export, Predicate<Principal.SignedIn> lacksPassword) {
        this.frame = frame;
        this.profile = profile;
        this.export = export;
        this.lacksPassword = lacksPassword;
    }

    public void mount(Mount site) {
        site.get(PagePath.ACCOUNT_PRIVACY.path(), Access.signedIn(), this::show)
                .summary("What the person agreed to, and what can be done with their data.");
        site.post(PagePath.ACCOUNT_PRIVACY.path(), Access.signedIn(), this::decide)
                .summary("Records what the form agrees to.");
        site.get(EXPORT, Access.recent(), this::download)
                .summary("A copy of everything that is kept about the person, as a file.")
                .limitedBy(LimitPolicy.API, AccountFrame::userKey);
        site.get(DELETE, Access.signedIn(), this::askDeletion).summary("Asks whether to delete the account.");
        site.post(DELETE, Access.signedIn(), this::delete)
                .summary("Deletes the account for ever, after its password.")
                .limitedBy(LimitPolicy.LOGIN, AccountFrame::userKey);
    }

    private Reply show(Request request) {
        Map<ConsentKind, Consent> latest = latest(request);
        List<PrivacyPage.Choice> choices = Stream.of(ConsentKind.values())
                .map(kind -> choice(request, kind, Optional.ofNullable(latest.get(kind))))
                .toList();
        return frame.show(
                request,
                PagePath.ACCOUNT_PRIVACY,
                new PrivacyPage(frame.menu(request, PagePath.ACCOUNT_PRIVACY), Done.said(request), choices));
    }

    private PrivacyPage.Choice choice(Request request, ConsentKind kind, Optional<Consent> decided) {
        return new PrivacyPage.Choice(
                kind.wireName(),
                decided.map(Consent::granted).orElse(false),
                decided.map(consent -> frame.time(request, consent.recordedAt())));
    }

    /** Only what differs is a decision: who looks at a box and leaves it has not decided anew. */
    private Reply decide(Request request) {
        Map<ConsentKind, Consent> latest = latest(request);
        Map<String, Boolean> decided = new HashMap<>();
        for (ConsentKind kind : ConsentKind.values()) {
            boolean wanted = request.form("consents." + kind.wireName())
                    .filter("true"::equals)
                    .isPresent();
            boolean before = latest.containsKey(kind) && latest.get(kind).granted();
            if (wanted != before) {
                decided.put(kind.wireName(), wanted);
            }
        }
        profile.recordConsents(request.user(), ConsentsInput.deciding(decided), request.context());
        return Done.CONSENTS.then(PagePath.ACCOUNT_PRIVACY);
    }

    /** Newest first, so the first of a kind is in force. */
    private Map<ConsentKind, Consent> latest(Request request) {
        Map<ConsentKind, Consent> latest = new HashMap<>();
        profile.consents(request.user()).forEach(consent -> latest.putIfAbsent(consent.kind(), consent));
        return latest;
    }

    private Reply download(Request request) {
        return Reply.download("account.json", export.copy(request.user(), request.context()));
    }

    private Reply askDeletion(Request request) {
        if (lacksPassword.test(request.user())) {
            return FirstPasswordPages.instead();
        }
        profile.requireTwoFactors(request.user());
        return frame.show(request, deletion(request));
    }

    private ActionPage deletion(Request request) {
        List<FormField> fields = List.of(FormField.password("password", "password", "current-password"));
        return ActionPage.of(frame.menu(request, PagePath.ACCOUNT_PRIVACY), "account.delete_account", DELETE, fields)
                .dangerous();
    }

    private Reply delete(Request request) {
        if (lacksPassword.test(request.user())) {
            return FirstPasswordPages.instead();
        }
        String password = AccountFrame.typed(request, "password");
        if (password.isEmpty() || password.length() > MOST_PASSWORD) {
            Problem missing =
                    Problem.invalid(List.of(frame.complaint(request, "password", "account_confirm.no_password")));
            return frame.again(request, deletion(request), missing, "password");
        }
        try {
            profile.delete(request.user(), password, request.context());
        } catch (Problem refused) {
            return frame.again(request, deletion(request), refused, "password");
        }
        return Reply.seeOther(PagePath.LOGIN.path() + "?deleted=1").with(Cookie.remove(Cookie.SESSION));
    }
}
