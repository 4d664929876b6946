package dev.latchkey.config;

/** A value as it was written, and where: "environment LATCHKEY_PORT", "latchkey.yaml line 3", "command line". */
record Given(String text, String source) {}
