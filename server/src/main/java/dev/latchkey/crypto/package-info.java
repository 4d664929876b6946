/**
 * Random values, digests, key derivation and authenticated encryption.
 *
 * <p>Owns: what a secret looks like, how it is hashed at rest ({@link dev.latchkey.crypto.TokenHash}), and how data is sealed
 * under the master key. Does not own: signing keys (feature {@code key}) or passwords (feature {@code password}).
 *
 * <p>RFC 5869 (HKDF), NIST SP 800-38D (GCM), RFC 9562 section 5.7 (UUIDv7).
 */
@NullMarked
package dev.latchkey.crypto;

import org.jspecify.annotations.NullMarked;
