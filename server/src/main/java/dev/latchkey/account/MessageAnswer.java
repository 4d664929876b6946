package dev.latchkey.account;

/** An answer that only says what happened and what to do next. */
record MessageAnswer(String message) {}
