package dev.latchkey.page;

import java.util.Optional;

/**
 * A field of a form.
 *
 * @param name also its {@code id}
 * @param label the key of its label
 * @param type such as {@code text} or {@code password}
 * @param value what was typed before; never a password
 * @param hint the key of a sentence below the label
 */
public record FormField(
        String name, String label, String type, String value, String autocomplete, Optional<String> hint) {
    public static FormField text(String name, String label, String value) {
        return new FormField(name, label, "text", value, "off", Optional.empty());
    }

    public static FormField email(String name, String label, String value) {
        return new FormField(name, label, "email", value, "email", Optional.empty());
    }

    public static FormField phone(String name, String label, String value) {
        return new FormField(name, label, "tel", value, "tel", Optional.empty());
    }

    /** @param autocomplete {@code current-password} or {@code new-password} */
    public static FormField password(String name, String label, String autocomplete) {
        return new FormField(name, label, "password", "", autocomplete, Optional.empty());
    }

    /** A one-time code. */
    public static FormField code(String label) {
        return new FormField("code", label, "text", "", "one-time-code", Optional.empty());
    }

    public boolean isPassword() {
        return type.equals("password");
    }

    /** Whether it is a password of the person's choice, which a meter looks at. */
    public boolean isNewPassword() {
        return name.equals("newPassword");
    }

    public FormField withHint(String key) {
        return new FormField(name, label, type, value, autocomplete, Optional.of(key));
    }
}
