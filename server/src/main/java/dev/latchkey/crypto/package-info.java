/**
 * Random values, digests, key derivation and authenticated encryption.
 *
 * <p>Owns: what a secret looks like ({@link dev.latchkey.crypto.Secrets}), how it is hashed at rest
 * ({@link dev.latchkey.crypto.TokenHash}), the master key and its file ({@link dev.latchkey.crypto.MasterKey}), and how data is
 * sealed under it ({@link dev.latchkey.crypto.Sealer}). Does not own: which master key a server runs with and signing keys
 * (feature {@code key}), or passwords (feature {@code password}). Owns no tables.
 *
 * <p>Flow: master key → HKDF → one key per {@link dev.latchkey.crypto.SealPurpose} → with a user's salt, one key per user →
 * AES-256-GCM with the value's place as associated data.
 *
 * <p>RFC 5869 (HKDF), NIST SP 800-38D (GCM), RFC 2104 (HMAC), RFC 9562 section 5.7 (UUIDv7).
 */
@NullMarked
package dev.latchkey.crypto;

import org.jspecify.annotations.NullMarked;
