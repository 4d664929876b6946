package dev.latchkey.mfa;

import dev.latchkey.phone.Phone;
import dev.latchkey.totp.QrCode;
import dev.latchkey.totp.TotpDevice;
import dev.latchkey.totp.TotpSetup;
import java.util.List;
import java.util.Optional;

/** What the routes of second factors answer. */
final class MfaAnswers {
    private MfaAnswers() {}

    /**
     * What an authenticator application needs. One picture and one address, under the names that clients know.
     *
     * @param secret the seed in Base32
     * @param qrCode a PNG as a data URL; also {@code qrCodeUrl}
     * @param qrCodeSvg the same as an SVG element
     * @param otpauthUrl also {@code manualEntry}
     * @param manualEntryKey the secret in groups of four
     * @param expiresIn seconds within which the first code must arrive
     */
    record Setup(
            String secret,
            String qrCode,
            String qrCodeUrl,
            String qrCodeSvg,
            String otpauthUrl,
            String manualEntry,
            String manualEntryKey,
            long expiresIn,
            String message) {
        static Setup of(TotpSetup setup) {
            QrCode picture = setup.qrCode();
            String png = picture.pngDataUrl();
            return new Setup(
                    setup.secret(),
                    png,
                    png,
                    picture.svg(),
                    setup.otpauthUrl(),
                    setup.otpauthUrl(),
                    String.join(" ", setup.groups()),
                    setup.lifetime().toSeconds(),
                    "Scan the QR code with your authenticator app");
        }

        @Override
        public String toString() {
            return "Setup[redacted]";
        }
    }

    /** @param backupCodes shown once; empty where the account has some already */
    record Enabled(String message, List<String> backupCodes) {
        static Enabled of(List<String> codes) {
            return new Enabled("MFA enabled successfully", codes);
        }

        @Override
        public String toString() {
            return "Enabled[redacted]";
        }
    }

    record Disabled(String message) {
        static final Disabled DONE = new Disabled("MFA disabled successfully");
    }

    record Codes(List<String> backupCodes) {
        @Override
        public String toString() {
            return "Codes[redacted]";
        }
    }

    /** An authenticator application; times are ISO 8601 in UTC. */
    record Device(String id, String name, String createdAt, Optional<String> lastUsedAt) {
        static Device of(TotpDevice device) {
            return new Device(
                    device.id().value(),
                    device.name(),
                    device.createdAt().toString(),
                    device.lastUsedAt().map(Object::toString));
        }
    }

    /** The number that codes are texted to, its end alone; times are ISO 8601 in UTC. */
    record Telephone(String number, String createdAt, Optional<String> lastUsedAt) {
        static Telephone of(Phone phone) {
            return new Telephone(
                    phone.number().masked(),
                    phone.createdAt().toString(),
                    phone.lastUsedAt().map(Object::toString));
        }
    }

    /**
     * @param required whether a role of the user demands a second factor
     * @param sms empty where no codes are texted
     */
    record Status(
            boolean enabled, boolean required, List<Device> devices, Optional<Telephone> sms, int backupCodesLeft) {
        static Status of(MfaFlow.Status status) {
            return new Status(
                    status.enabled(),
                    status.required(),
                    status.devices().stream().map(Device::of).toList(),
                    status.phone().map(Telephone::of),
                    status.backupCodesLeft());
        }
    }
}
