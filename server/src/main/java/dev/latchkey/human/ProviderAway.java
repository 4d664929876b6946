package dev.latchkey.human;

/** What happens while a hosted check's provider does not answer. */
public enum ProviderAway {
    /** The built-in check takes its place until the provider answers again. */
    PROOF_OF_WORK,
    /** 503: nobody gets in without the provider. */
    REFUSE
}
