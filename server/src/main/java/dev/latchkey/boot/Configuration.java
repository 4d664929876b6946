package dev.latchkey.boot;

import dev.latchkey.account.RegistrationConfig;
import dev.latchkey.audit.AuditConfig;
import dev.latchkey.config.Profile;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
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
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration of every concern, read once. */
public record Configuration(
        Profile profile,
        HttpConfig http,
        DatabaseConfig database,
        Optional<RedisConfig> redis,
        MasterKeyConfig masterKey,
        KeyConfig keys,
        TokenConfig tokens,
        PasswordConfig passwords,
        PasskeyConfig passkeys,
        LockoutConfig lockout,
        SessionConfig sessions,
        GrantConfig grants,
        RegistrationConfig registration,
        LoginConfig login,
        HumanConfig human,
        TotpConfig totp,
        OtpConfig otp,
        PhoneConfig phones,
        MfaConfig mfa,
        RecoveryConfig recovery,
        AftermathConfig aftermath,
        MailConfig mail,
        SmsConfig sms,
        PageConfig pages,
        AuditConfig audit,
        TracingConfig tracing) {
    /**
     * Reads every concern's part.
     *
     * @throws SettingsException with everything that does not fit together, or that production refuses
     */
    public static Configuration from(Settings settings, Map<String, String> environment) {
        HttpConfig http = HttpConfig.from(settings);
        URI publicUrl = http.effectivePublicUrl();
        RegistrationConfig registration = RegistrationConfig.from(settings);
        PageConfig pages = PageConfig.from(settings);
        Configuration configuration = new Configuration(
                Profile.of(settings, publicUrl, http.host(), environment),
                http,
                DatabaseConfig.from(settings),
                RedisConfig.from(settings),
                MasterKeyConfig.from(settings),
                KeyConfig.from(settings),
                TokenConfig.from(settings, publicUrl.toString()),
                PasswordConfig.from(settings),
                PasskeyConfig.from(settings, http, pages.applicationName()),
                LockoutConfig.from(settings),
                SessionConfig.from(settings),
                GrantConfig.from(settings),
                registration,
                LoginConfig.from(settings, registration.verificationRequired()),
                HumanConfig.from(settings, http.pageHosts()),
                TotpConfig.from(settings, pages.applicationName()),
                OtpConfig.from(settings),
                PhoneConfig.from(settings),
                MfaConfig.from(settings),
                RecoveryConfig.from(settings),
                AftermathConfig.from(settings),
                MailConfig.from(settings),
                SmsConfig.from(settings),
                pages,
                AuditConfig.from(settings),
                TracingConfig.from(settings));
        configuration.requireSafe(settings);
        return configuration;
    }

    private void requireSafe(Settings settings) {
        List<String> problems = new ArrayList<>(profile.refusals(settings));
        problems.addAll(HttpConfig.problems(settings));
        problems.addAll(pages.problems());
        problems.addAll(mail.problems());
        problems.addAll(passkeys.problems(http));
        problems.addAll(RedisConfig.problems(settings));
        problems.addAll(sms.problems());
        if (profile == Profile.PRODUCTION && phones.enabled() && sms.gateway().isEmpty()) {
            problems.add("mfa.sms.enabled=true needs sms.gateway.url: no text message leaves this server without it");
        }
        if (profile == Profile.PRODUCTION && !http.limits()) {
            problems.add("limits.enabled=false is for development only; remove it");
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}
