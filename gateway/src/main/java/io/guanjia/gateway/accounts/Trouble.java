package io.guanjia.gateway.accounts;

/** Why a stored account is not in force although it is enabled. */
sealed interface Trouble {

    /** The settings lack the key its secrets are sealed with. */
    record KeyMissing(String keyId) implements Trouble {}

    /** What was stored was altered. */
    record Altered() implements Trouble {}

    /**
     * The channel does not take its settings any more, such as after an update.
     *
     * @param problem in the channel's words
     */
    record NotValid(String problem) implements Trouble {}

    /** A settings file has an account of that name, which comes first. */
    record NameTaken() implements Trouble {}

    /** The channel failed to take it over; the log says how. */
    record NotTaken() implements Trouble {}
}
