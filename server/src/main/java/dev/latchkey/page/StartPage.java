package dev.latchkey.page;

/**
 * What a visitor of the bare address reads.
 *
 * @param docs whether the interactive documentation is served
 * @param mails whether there is a development mailbox
 */
public record StartPage(boolean docs, boolean mails) {}
