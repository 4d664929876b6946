package dev.latchkey.admin;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.StepUp;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Pagination;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.Roles;
import dev.latchkey.user.User;
import dev.latchkey.user.UserListing;
import dev.latchkey.user.UserView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The administration of users; mounted under {@code /user-management} and {@code /users}. */
public final class UserAdministrationRoutes {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final int MAX_PAGE = 50;

    private final UserAdministration administration;
    private final StepUp stepUp;

    /** One user. */
    record UserAnswer(UserView user) {}

    public UserAdministrationRoutes(UserAdministration administration, StepUp stepUp) {
        this.administration = administration;
        this.stepUp = stepUp;
    }

    /** @param name the last part of the path, such as {@code /users} */
    public void mount(Mount api, String name) {
        Access administrators = Access.role(Roles.ADMIN, Roles.ENTERPRISE_ADMIN);
        api.get(name, administrators, this::list)
                .summary(
                        "Users, newest first; those whose e-mail address starts with `email`, by address. Read on with the cursor.")
                .takes("email", "The start of the address; upper and lower case are the same.")
                .takes("limit", "Users per page, 1 to " + MAX_LIMIT + "; " + DEFAULT_LIMIT + " if absent.")
                .takes("cursor", "The cursor of the page before.")
                .takes("page", "A page by its number, 1 to " + MAX_PAGE + "; the cursor goes further.")
                .answers(200, UserView[].class);
        api.post(name, administrators, this::invite)
                .summary("Create a user. They get a mail with a link to set their password. An administrator is made by"
                        + " somebody who signed in lately.")
                .accepts(InviteRequest.class)
                .refuses(ErrorCode.USER_EXISTS, ErrorCode.REAUTHENTICATION_REQUIRED)
                .answers(201, UserAnswer.class);
        api.get(name + "/{id}", administrators, this::show).summary("One user.").answers(200, UserAnswer.class);
        api.post(name + "/{id}/disable", administrators, this::disable)
                .summary("Disable a user: ends their sessions and tokens at once, on every node.")
                .refuses(ErrorCode.CONFLICT)
                .answers(200, UserAnswer.class);
        api.post(name + "/{id}/enable", administrators, this::enable)
                .summary("Enable a disabled user. Their old sessions stay ended.")
                .answers(200, UserAnswer.class);
        api.post(name + "/{id}/approve-recovery", administrators, this::approveRecovery)
                .summary(
                        "Agree that a user's lost second factors are removed once the wait is over. Needs a recent login.")
                .refuses(ErrorCode.REAUTHENTICATION_REQUIRED)
                .answers(200, UserAnswer.class);
        api.post(name + "/{id}/unlock", administrators, this::unlock)
                .summary("Unlock a user whom failed logins locked.")
                .answers(200, UserAnswer.class);
    }

    private Reply list(Request request) {
        int limit = number(request, "limit", DEFAULT_LIMIT, MAX_LIMIT);
        int page = number(request, "page", 1, MAX_PAGE);
        TenantId tenant = request.context().tenant();
        UserListing all = UserListing.of(request.query("email").orElse(""));
        UserListing listing = request.query("cursor")
                .map(cursor -> all.from(cursor)
                        .orElseThrow(() ->
                                Problem.invalid("cursor", "invalid", "Send the cursor of the page before, unchanged.")))
                .orElse(all);
        // Numbered pages are a convenience over the cursor, so they go only so deep.
        for (int skipped = 1; skipped < page; skipped++) {
            List<User> before = administration.page(tenant, listing, limit);
            if (before.size() < limit) {
                return reply(List.of(), limit, page, Optional.empty());
            }
            listing = listing.after(before.getLast());
        }
        List<User> users = administration.page(tenant, listing, limit + 1);
        boolean more = users.size() > limit;
        List<User> shown = more ? users.subList(0, limit) : users;
        return reply(
                shown,
                limit,
                page,
                more ? Optional.of(listing.after(shown.getLast()).cursor()) : Optional.empty());
    }

    private static Reply reply(List<User> users, int limit, int page, Optional<String> cursor) {
        return Reply.list(
                users.stream().map(UserView::of).toList(), new Pagination(page, limit, OptionalLong.empty(), cursor));
    }

    private Reply invite(Request request) {
        NewUser wanted =
                request.body(InviteRequest.class).user(request.context().tenant());
        if (Roles.administers(wanted.roles())) {
            stepUp.require(request.user());
        }
        User user = administration.invite(wanted, event(EventType.USER_CREATED, request));
        return Reply.created(new UserAnswer(UserView.of(user)));
    }

    private Reply show(Request request) {
        return answer(administration.find(request.context().tenant(), id(request)));
    }

    private Reply disable(Request request) {
        SecurityEvent event = event(EventType.USER_DISABLED, request);
        return answer(administration.disable(request.context().tenant(), id(request), event));
    }

    private Reply enable(Request request) {
        SecurityEvent event = event(EventType.USER_ENABLED, request);
        return answer(administration.enable(request.context().tenant(), id(request), event));
    }

    private Reply approveRecovery(Request request) {
        stepUp.require(request.user());
        SecurityEvent event = event(EventType.RECOVERY_APPROVED, request);
        return answer(administration.approveRecovery(request.context().tenant(), id(request), event));
    }

    private Reply unlock(Request request) {
        SecurityEvent event = event(EventType.USER_UNLOCKED, request);
        return answer(administration.unlock(request.context().tenant(), id(request), event));
    }

    private static Reply answer(User user) {
        return Reply.ok(new UserAnswer(UserView.of(user)));
    }

    private static SecurityEvent event(EventType type, Request request) {
        return SecurityEvent.of(type, request.context())
                .by(Actor.user(request.user().user()));
    }

    private static UserId id(Request request) {
        return UserId.parse(request.path("id")).orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
    }

    private static int number(Request request, String name, int absent, int max) {
        Optional<String> text = request.query(name);
        if (text.isEmpty()) {
            return absent;
        }
        if (!text.get().matches("[0-9]{1,6}")
                || Integer.parseInt(text.get()) < 1
                || Integer.parseInt(text.get()) > max) {
            throw Problem.invalid(name, "out_of_range", "Give a number from 1 to " + max + ".");
        }
        return Integer.parseInt(text.get());
    }
}
