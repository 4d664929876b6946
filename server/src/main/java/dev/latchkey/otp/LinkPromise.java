package dev.latchkey.otp;

/** What a click on a login link would do. */
public enum LinkPromise {
    /** Sign in: this is the browser that asked. */
    HERE,
    /** Nothing: another browser asked, and its owner types the code there. */
    ELSEWHERE,
    /** Nothing: it was used, or its time or its code's tries are over. */
    GONE
}
