package dev.latchkey.mail;

import java.time.Duration;

/**
 * A mail server.
 *
 * @param username empty for a server that asks for none
 * @param timeout for the connection and for each answer
 */
public record SmtpConfig(String host, int port, Tls tls, String username, String password, Duration timeout) {
    /** How the connection is protected. */
    public enum Tls {
        STARTTLS(587),
        IMPLICIT(465),
        NONE(25);

        private final int usualPort;

        Tls(int usualPort) {
            this.usualPort = usualPort;
        }

        int usualPort() {
            return usualPort;
        }
    }

    // A record's own would show the password.
    @Override
    public String toString() {
        return "SmtpConfig[" + host + ":" + port + " " + tls + "]";
    }
}
