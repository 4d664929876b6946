/**
 * Which of several nodes does a background job that one should do: deleting what expired, sealing the audit trail, moving
 * signing keys on. On SQLite there is one node, which does them all; nothing here runs there.
 *
 * <p>Owns the table {@code job_lease}. Does not own the jobs, nor their safety: a node may be paused between asking and doing,
 * so what a job writes must be right even if two nodes do it, as all of today's are (a block's number is taken once, a key's
 * change is decided under its lock, an expired row is deleted once). A lease saves work; it protects nothing. The outbox needs
 * none: it claims each message by itself.
 *
 * <p>Flow: every two seconds the holder moves its beat on; another node takes over once it has watched the same beat for ten
 * seconds on its own clock, so clocks need not agree. A holder whose last beat is six seconds old stops by itself. A node that
 * stops lets go, and another has the job within two seconds.
 */
@NullMarked
package dev.latchkey.lease;

import org.jspecify.annotations.NullMarked;
