/**
 * Signed JSON: compact JWS, the JWTs made of them, and public keys as JWK.
 *
 * <p>Owns: how a token is encoded, signed, taken apart and checked; which JCA provider computes signatures
 * ({@link dev.latchkey.jose.SignatureProvider}). The path of our own tokens is written here, small and strict; Nimbus
 * JOSE+JWT, for what others send (key sets, encrypted tokens), is imported nowhere else. Does not own: keys' life (feature
 * {@code key}) or what claims mean (feature {@code issuer}). Owns no tables.
 *
 * <p>Flow: {@code SignedJwt.sign(key, type, claims)} → text; {@code SignedJwt.parse(text)} → {@code signedBy(key)} → claims. Claims
 * are not readable before the signature was checked.
 *
 * <p>RFC 7515 (JWS), RFC 7518 section 3 (algorithms), RFC 7517 and 7638 (JWK, thumbprint), RFC 8037 (EdDSA), RFC 8725 (best
 * practice).
 */
@NullMarked
package dev.latchkey.jose;

import org.jspecify.annotations.NullMarked;
