/**
 * Measures the packaged server beside what it is compared with: a bare web server of the same library, the raw speed of the
 * cryptography and of the database. Compiled against the product's jar by {@code bench/run}; no part of the product.
 *
 * <p>Flow: {@link dev.latchkey.bench.Bench} runs what was asked for; each bench loads its {@link dev.latchkey.bench.Dataset},
 * starts {@link dev.latchkey.bench.Latchkey} and its peer, loads both in turn with {@link dev.latchkey.bench.Wrk} and reports
 * {@link dev.latchkey.bench.Figure}s.
 */
package dev.latchkey.bench;
