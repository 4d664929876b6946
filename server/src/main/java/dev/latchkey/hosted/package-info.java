/**
 * The pages that people see: signing in, second factors, the own account.
 *
 * <p>Owns no table and no rule: it shows forms, hands what was typed to the flows, and leads on from one to the next. Does not
 * own what a step needs (flows {@code login}, {@code mfa}, {@code account}), nor how a page looks ({@code page}).
 *
 * <pre>
 * GET /login ─ POST ─┬─ 303 /mfa ─ POST ───────────┬─ 303 return_to, an own path or a listed front end; else /account
 *                    ├─ 303 /mfa/enrolment ─ POST ─┤   (backup codes are shown first)
 *                    └─────────────────────────────┘
 * </pre>
 *
 * <p>The pages under /account need a session, some a recent login. Who has none is led to /login or /account/confirm and then back,
 * by GET: so every form posts to a path that can be opened too. Their forms carry the session's CSRF token. What was typed before a
 * step-up is in the form again after it ({@link dev.latchkey.hosted.KeptForms}).
 *
 * <p>A login under way is a handle in the cookie {@code latchkey_login}. What is wrong is shown in the same form with its 4xx
 * status; what took too long leads back to /login, which says so. Everything works without JavaScript.
 */
@NullMarked
package dev.latchkey.hosted;

import org.jspecify.annotations.NullMarked;
