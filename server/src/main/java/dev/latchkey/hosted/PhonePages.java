package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.mfa.PhoneFlow;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.FormField;
import dev.latchkey.page.PagePath;
import dev.latchkey.phone.Phone;
import java.util.List;

/** The telephone number that codes are texted to: proved by a code, replaced by another one, removed. */
public final class PhonePages {
    static final String PATH = PagePath.ACCOUNT.path() + "/phone";

    private static final String CODE = PATH + "/code";
    private static final String REMOVE = PATH + "/remove";
    private static final String NUMBER = "phoneNumber";
    private static final int MOST_CODE = 64;

    private final AccountFrame frame;
    private final PhoneFlow phones;

    public PhonePages(AccountFrame frame, PhoneFlow phones) {
        this.frame = frame;
        this.phones = phones;
    }

    public void mount(Mount site) {
        site.get(PATH, Access.recent(), this::show)
                .summary("The form for a telephone number that codes are texted to.");
        site.post(PATH, Access.recent(), this::begin)
                .comingBackTo(frame.forms().keeping(request -> PATH, NUMBER))
                .summary("Texts a code to the form's number.")
                .limitedBy(LimitPolicy.SMS_ACCOUNT, AccountFrame::userKey)
                .limitedBy(LimitPolicy.SMS_NUMBER, PhonePages::numberKey)
                .limitedBy(LimitPolicy.SMS_ADDRESS);
        site.get(CODE, Access.recent(), request -> frame.show(request, codeForm(request)))
                .summary("The form for the code that was texted.");
        site.post(CODE, Access.recent(), this::enable)
                .summary("Makes the number whose code this is the account's.")
                .limitedBy(LimitPolicy.MFA, AccountFrame::userKey);
        site.get(REMOVE, Access.recent(), request -> frame.show(request, removalForm(request)))
                .summary("Asks whether to remove the telephone number.");
        site.post(REMOVE, Access.recent(), this::remove).summary("Removes the telephone number.");
    }

    private Reply show(Request request) {
        phones.requireOffered();
        String typed = frame.forms().take(request, PATH).getOrDefault(NUMBER, "");
        return frame.show(request, numberForm(request, typed));
    }

    private Reply begin(Request request) {
        String typed = AccountFrame.typed(request, NUMBER);
        try {
            PhoneNumber number = PhoneNumber.parse(typed)
                    .orElseThrow(
                            () -> Problem.invalid(List.of(frame.complaint(request, NUMBER, "account.phone.wrong"))));
            phones.begin(request.user(), number, request.context());
            return Reply.seeOther(CODE);
        } catch (Problem refused) {
            return frame.again(request, numberForm(request, typed), refused, NUMBER);
        }
    }

    private Reply enable(Request request) {
        String code = AccountFrame.typed(request, "code");
        if (code.isBlank() || code.length() > MOST_CODE) {
            Problem missing = Problem.invalid(List.of(frame.complaint(request, "code", "mfa.no_code")));
            return frame.again(request, codeForm(request), missing, "code");
        }
        List<String> codes;
        try {
            codes = phones.enable(request.user(), code.replace(" ", ""), request.context());
        } catch (Problem refused) {
            // After too many tries, or too long, there is no code any more that could be right.
            return refused.code() == ErrorCode.NO_PENDING_SETUP
                    ? frame.again(request, numberForm(request, ""), refused, NUMBER)
                    : frame.again(request, codeForm(request), refused, "code");
        }
        return codes.isEmpty()
                ? Done.PHONE_ADDED.then(PagePath.ACCOUNT_SECURITY)
                : frame.showCodes(request, codes, Done.PHONE_ADDED, "");
    }

    private Reply remove(Request request) {
        try {
            phones.remove(request.user(), request.context());
        } catch (Problem refused) {
            if (refused.code() == ErrorCode.REAUTHENTICATION_REQUIRED) {
                throw refused;
            }
            // Not there any more: it went in another tab, and what was wanted is so.
            if (refused.code() != ErrorCode.NOT_FOUND) {
                return frame.again(request, removalForm(request), refused, "submit");
            }
        }
        return Done.REMOVED.then(PagePath.ACCOUNT_SECURITY);
    }

    private ActionPage numberForm(Request request, String typed) {
        FormField number =
                FormField.phone(NUMBER, "account.phone.number", typed).withHint("account.phone.hint");
        return form(request, "account.phone", PATH, List.of(number));
    }

    private ActionPage codeForm(Request request) {
        return form(request, "account.phone_code", CODE, List.of(FormField.code("mfa.sms.code")))
                .leadingBackTo(PATH);
    }

    private ActionPage removalForm(Request request) {
        String number = phones.phone(request.user())
                .map(Phone::number)
                .map(PhoneNumber::masked)
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
        return form(request, "account.remove_phone", REMOVE, List.of())
                .naming("name", number)
                .dangerous();
    }

    private ActionPage form(Request request, String key, String action, List<FormField> fields) {
        return ActionPage.of(frame.menu(request, PagePath.ACCOUNT_SECURITY), key, action, fields);
    }

    private static String numberKey(Request request) {
        return PhoneNumber.parse(AccountFrame.typed(request, NUMBER))
                .map(PhoneFlow::limitKey)
                .orElse("");
    }
}
