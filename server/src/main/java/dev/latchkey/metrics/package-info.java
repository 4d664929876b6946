/**
 * Counters, gauges and latency histograms, and their Prometheus text form.
 *
 * <p>Owns: how a measurement is kept and written out. Does not own: the listener that serves it (ring {@code http}) nor any name;
 * each package registers what it measures under {@code latchkey_…} when it is constructed.
 *
 * <p>Prometheus text exposition format 0.0.4. Hand-written because the client library is larger than everything that is
 * needed of it.
 */
@NullMarked
package dev.latchkey.metrics;

import org.jspecify.annotations.NullMarked;
