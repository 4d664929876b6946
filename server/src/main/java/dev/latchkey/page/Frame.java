package dev.latchkey.page;

/** What surrounds every page. */
record Frame(Languages languages, Theme theme) {}
