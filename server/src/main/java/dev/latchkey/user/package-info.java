/**
 * Who the users are: identifiers, profile, status, epoch, roles, consents.
 *
 * <p>Owns the tables {@code app_user}, {@code user_identifier}, {@code user_role}, {@code user_consent},
 * {@code user_former_email}, {@code user_source}. Does not own credentials (features {@code password}, {@code session}, {@code grant}) nor what a change of status brings about (flow
 * {@code lifecycle}).
 *
 * <p>Every look-up by natural key takes the tenant first. What creates a session, family or code first calls
 * {@link dev.latchkey.user.UserService#guard}: one guarded update on the user row that fails once the epoch moved or the user is
 * not active, and that serialises whatever else counts rows of that user.
 */
@NullMarked
package dev.latchkey.user;

import org.jspecify.annotations.NullMarked;
