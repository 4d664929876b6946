/**
 * The packaged server as people meet it: in a real Chromium, by clicks and keys, with authenticators that the browser simulates.
 *
 * <p>Owns: journeys over many pages, what a page looks like (screenshots), and whether everybody can use it (axe). Does not own
 * what one request answers: that is tested beside the code, in the server's own tests.
 *
 * <p>A failure leaves a picture and the HTML of every open page in {@code target/failures}. Without a Chromium the tests are
 * skipped, unless {@code E2E_BROWSER=required}.
 */
@NullMarked
package dev.latchkey.e2e;

import org.jspecify.annotations.NullMarked;
