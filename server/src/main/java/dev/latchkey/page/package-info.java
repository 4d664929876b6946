/**
 * The pages a browser gets without JavaScript: their layout, templates, texts, stylesheet and logo.
 *
 * <p>Owns: how a page looks and reads ({@link dev.latchkey.page.Pages}), where the pages that mails link to live
 * ({@link dev.latchkey.page.PagePath}), the assets ({@link dev.latchkey.page.AssetRoutes}), the languages there are ({@link dev.latchkey.page.Language}), and the tools that
 * mails share: {@link dev.latchkey.page.Templates}, {@link dev.latchkey.page.Wording} and {@link dev.latchkey.page.Texts}. Does not own: the routes that answer with a page (a
 * flow does), or any rule about tokens. No tables.
 *
 * <p>Flow: a route fills a record such as {@link dev.latchkey.page.ResetPasswordPage}; {@code Pages} adds texts in the reader's
 * language; a JTE template under {@code src/main/jte/page} writes HTML, escaping every value by where it stands. Templates are
 * turned into Java by the build. Pages hold no inline script and no inline style, so that a strict content policy fits.
 *
 * <p>How pages look is a {@link dev.latchkey.page.Theme}, read from settings and checked before anything is served; an operator's
 * {@link dev.latchkey.page.OwnTexts} take the place of ours.
 *
 * <p>WCAG 2.2 level AA.
 */
@NullMarked
package dev.latchkey.page;

import org.jspecify.annotations.NullMarked;
