package dev.latchkey.core;

/** One rejected field of a request: its name as sent, a stable code such as {@code required}, and what to do. */
public record FieldError(String field, String code, String message) {}
