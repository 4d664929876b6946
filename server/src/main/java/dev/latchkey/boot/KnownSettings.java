package dev.latchkey.boot;

import dev.latchkey.account.RegistrationConfig;
import dev.latchkey.audit.AuditConfig;
import dev.latchkey.boot.logging.LoggingConfig;
import dev.latchkey.config.Profile;
import dev.latchkey.config.Setting;
import dev.latchkey.db.DatabaseConfig;
import dev.latchkey.grant.GrantConfig;
import dev.latchkey.http.HttpConfig;
import dev.latchkey.human.HumanConfig;
import dev.latchkey.issuer.TokenConfig;
import dev.latchkey.key.KeyConfig;
import dev.latchkey.key.MasterKeyConfig;
import dev.latchkey.lifecycle.AftermathConfig;
import dev.latchkey.lockout.LockoutConfig;
import dev.latchkey.login.LoginConfig;
import dev.latchkey.login.MfaConfig;
import dev.latchkey.mail.MailConfig;
import dev.latchkey.otp.OtpConfig;
import dev.latchkey.page.PageConfig;
import dev.latchkey.passkey.PasskeyConfig;
import dev.latchkey.password.PasswordConfig;
import dev.latchkey.phone.PhoneConfig;
import dev.latchkey.recovery.RecoveryConfig;
import dev.latchkey.redis.RedisConfig;
import dev.latchkey.session.SessionConfig;
import dev.latchkey.sms.SmsConfig;
import dev.latchkey.totp.TotpConfig;
import dev.latchkey.trace.TracingConfig;
import java.util.List;
import java.util.stream.Stream;

/** Every setting of every concern, in the order of the reference. */
public final class KnownSettings {
    private KnownSettings() {}

    public static List<Setting<?>> all() {
        return Stream.of(
                        Profile.settings(),
                        HttpConfig.settings(),
                        DatabaseConfig.settings(),
                        RedisConfig.settings(),
                        MasterKeyConfig.settings(),
                        KeyConfig.settings(),
                        TokenConfig.settings(),
                        GrantConfig.settings(),
                        SessionConfig.settings(),
                        LoginConfig.settings(),
                        HumanConfig.settings(),
                        MfaConfig.settings(),
                        RecoveryConfig.settings(),
                        RegistrationConfig.settings(),
                        PasswordConfig.settings(),
                        PasskeyConfig.settings(),
                        LockoutConfig.settings(),
                        TotpConfig.settings(),
                        OtpConfig.settings(),
                        PhoneConfig.settings(),
                        AftermathConfig.settings(),
                        MailConfig.settings(),
                        SmsConfig.settings(),
                        PageConfig.settings(),
                        AuditConfig.settings(),
                        TracingConfig.settings(),
                        LoggingConfig.settings())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }
}
