/**
 * What an operator may set. A concern declares one {@link dev.latchkey.config.Setting} per key beside its config record; that one
 * descriptor feeds the YAML file, the environment, the command line, validation, {@code config print} and the generated
 * reference.
 *
 * <p>Owns: reading the sources, their precedence, the report of every problem at once, the {@link dev.latchkey.config.Profile}
 * rule. Does not own: the keys of any other concern, nor their meaning. No tables.
 *
 * <pre>
 * latchkey.yaml ─┐
 * environment  ──┼─ SettingsLoader ─ Settings ─ XConfig.from(settings) ─ boot
 * command line ──┘        └─ SettingsException: all problems together
 * </pre>
 */
@NullMarked
package dev.latchkey.config;

import org.jspecify.annotations.NullMarked;
