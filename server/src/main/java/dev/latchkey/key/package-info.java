/**
 * The life of signing keys, and which master key the server runs with.
 *
 * <p>Owns: tables {@code signing_key}, {@code master_key_check} and {@code former_master_key}, the key set at {@code /.well-known/jwks.json}, rotation and
 * emergency cut-off, the master key's configuration and its replacement. Does not own: how data is sealed (package {@code crypto}), how signatures are
 * made (package {@code jose}), or what is signed (features {@code issuer} and {@code audit}).
 *
 * <p>Flow: next → active → retired, per use and algorithm. {@code next} is published a day before it signs, so that every
 * application has it; {@code retired} stays published until the last token it signed has expired. Nodes learn of each step by the
 * change log and answer from memory. A master key is replaced by naming another in the database, sealing every table anew, and
 * then forgetting the former.
 *
 * <p>RFC 7517 section 5 (JWK Set), RFC 7638 (kid), OpenID Connect Core section 10.1.1 (rotation).
 */
@NullMarked
package dev.latchkey.key;

import org.jspecify.annotations.NullMarked;
