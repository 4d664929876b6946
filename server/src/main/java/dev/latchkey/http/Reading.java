package dev.latchkey.http;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What reading a request needs.
 *
 * @param language the best of the languages that a client wishes for, best first
 */
record Reading(Json json, BodyReader bodies, CookieNames cookieNames, Function<List<String>, Locale> language) {}
