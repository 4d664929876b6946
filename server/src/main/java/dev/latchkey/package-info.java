/** Latchkey: a self-hosted authentication and authorization server. `ARCHITECTURE.md` at the repository's root is the map of its packages. */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
