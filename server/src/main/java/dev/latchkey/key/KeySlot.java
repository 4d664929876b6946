package dev.latchkey.key;

import dev.latchkey.jose.SignatureAlgorithm;

/** Where one key is active and at most one is next. */
record KeySlot(KeyUse use, SignatureAlgorithm algorithm) {}
