package dev.latchkey.http;

/** What reading a request needs. */
record Reading(Json json, BodyReader bodies, CookieNames cookieNames) {}
