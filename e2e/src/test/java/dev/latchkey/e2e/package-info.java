/**
 * The packaged server as people meet it: in a real Chromium, by clicks and keys, with authenticators that the browser simulates.
 *
 * <p>Owns: journeys over many pages, with JavaScript and without; the way to an application on another origin and back; and, for
 * each page that people see, whether everybody can use it ({@code Axe}: WCAG 2.2 A and AA) and what it looks like. Does not own what
 * one request answers: that is tested beside the code, in the server's own tests.
 *
 * <p>{@code AccessibilityIT} leaves the pictures in {@code target/screenshots}, a folder a language: English in light and dark, on a
 * desktop and on a phone; Arabic, from right to left, in one of each. A new page gets a {@code gallery.keep} there.
 *
 * <p>A failure leaves a picture and the HTML of every open page in {@code target/failures}. Without a Chromium the tests are
 * skipped, unless {@code E2E_BROWSER=required}.
 */
@NullMarked
package dev.latchkey.e2e;

import org.jspecify.annotations.NullMarked;
