package dev.latchkey.e2e;

/** What people do with an account on its pages; each leaves the browser where the pages lead. */
final class Account {
    static final String PASSWORD = "plum velvet harbour 41";

    private final Visitor visitor;
    private final String address;

    private Account(Visitor visitor, String address) {
        this.visitor = visitor;
        this.address = address;
    }

    static Account signedUp(Visitor visitor, String address) {
        visitor.open("/signup")
                .type("email", address)
                .type("password", PASSWORD)
                .press("submit")
                .at("/account");
        return new Account(visitor, address);
    }

    /** The same person at another browser. */
    Account with(Visitor other) {
        return new Account(other, address);
    }

    String address() {
        return address;
    }

    Account confirm(Mails mails) {
        visitor.open(mails.link(address, "/verify-email")).press("submit");
        return this;
    }

    /** The form is sent; where it leads depends on what the account asks for. */
    Account typePassword() {
        visitor.open("/login").type("email", address).type("password", PASSWORD).press("submit");
        return this;
    }

    /** Sets an authenticator app up. The browser shows the backup codes then. */
    AuthenticatorApp addApp() {
        visitor.open("/account/security").press("add-authenticator").at("/account/authenticator");
        AuthenticatorApp app = new AuthenticatorApp(visitor.text("key"));
        visitor.type("code", app.code()).press("submit");
        return app;
    }

    Account addPasskey(String name) {
        visitor.open("/account/security").press("add-passkey").at("/account/passkey");
        visitor.type("name", name).press("use-passkey");
        keepCodes(visitor);
        visitor.at("/account/security");
        return this;
    }

    /** The first factor of an account brings backup codes; whoever has kept them goes on. */
    static void keepCodes(Visitor visitor) {
        visitor.page().locator("#onward, #passkeys").first().waitFor();
        if (visitor.has("onward")) {
            visitor.press("onward");
        }
    }

    Account signOut() {
        visitor.open("/account").pressIn("sign-out").at("/login");
        return this;
    }
}
