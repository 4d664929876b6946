package dev.latchkey.login;

/** What a login step answers. */
public sealed interface LoginAnswer permits SignInAnswer, ChallengeAnswer, EnrolmentAnswer {}
