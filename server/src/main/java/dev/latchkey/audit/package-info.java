/**
 * The audit trail: what happened, to whom, by whom, from where; written with the change itself and proved unaltered later.
 *
 * <p>Owns: the catalogue of security events ({@link dev.latchkey.audit.EventType}), the tables {@code audit_event} and
 * {@code audit_block}, the hash chain with its signed checkpoints, its verification and export. Does not own: what an event
 * causes ({@link dev.latchkey.audit.Consequences}, bound to {@code lifecycle}), users' data salts
 * ({@link dev.latchkey.audit.UserSalts}) or the key that signs checkpoints ({@link dev.latchkey.audit.CheckpointSigner}).
 *
 * <pre>
 * use case tx:  record(tx, event) ── row, personal data sealed, block NULL ── Consequences.apply(tx, event) ── commit
 * background:   AuditSealer ── takes committed rows ── digest ── hash(previous ‖ …) ── signature ── audit_block, block = n
 * offline:      AuditVerifier ── walks blocks ── recomputes ── compares with a checkpoint kept elsewhere
 * </pre>
 *
 * <p>OWASP Logging Vocabulary names; OWASP ASVS 5.0 V16; RFC 9562 section 5.7 (UUIDv7).
 */
@NullMarked
package dev.latchkey.audit;

import org.jspecify.annotations.NullMarked;
