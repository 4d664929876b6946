/**
 * Distributed traces: which parts of a request took how long, sent to a collector that the operator names.
 *
 * <p>Owns: spans, what a trace parent header says, sampling, and their way out. Does not own: where a span begins and ends; the
 * edge opens one per request, whoever does something worth a look runs it {@link dev.latchkey.trace.Span#during}. No tables.
 *
 * <p>A span holds templates and numbers: never an address, a query, a name, an id of a person or a statement's values. Without a
 * collector nothing here is made but one object.
 *
 * <p>Flow: request → {@link dev.latchkey.trace.Tracer#begin} → {@code Span.during} for its parts → bounded queue → one thread →
 * {@code POST} of OTLP/JSON. Where the collector is slow or away, spans are dropped and counted; nothing waits for it.
 *
 * <p>W3C Trace Context (traceparent, version 00), OpenTelemetry Protocol 1.x over HTTP in its JSON encoding, semantic conventions
 * for HTTP and databases. Hand-written because the official exporter brings an HTTP client and another language's runtime.
 */
@NullMarked
package dev.latchkey.trace;

import org.jspecify.annotations.NullMarked;
