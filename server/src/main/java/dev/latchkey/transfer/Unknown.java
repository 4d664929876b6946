package dev.latchkey.transfer;

import java.util.Locale;

/** What is said of a column that no user has. */
final class Unknown {
    private Unknown() {}

    static String message(String name) {
        if (name.strip().toLowerCase(Locale.ROOT).equals("password")) {
            return "There is a column password. Passwords in the clear are not imported: give their hashes as passwordHash, or"
                    + " leave them out and let the users set new ones by \"forgot password\".";
        }
        return "Nothing is known of a column \"" + name.strip() + "\". The columns are " + UserColumn.all()
                + ". Rename it, put it into userMetadata, or give --ignore-unknown to leave it out.";
    }
}
