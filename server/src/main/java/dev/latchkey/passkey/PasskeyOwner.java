package dev.latchkey.passkey;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;

/**
 * Who registers a passkey.
 *
 * @param handle what authenticators know the user by: 1 to 64 random bytes that say nothing about them
 * @param name tells the user's accounts apart in an authenticator's list, such as an address
 * @param displayName what the user is called there
 */
public record PasskeyOwner(TenantId tenant, UserId user, byte[] handle, String name, String displayName) {}
