package io.guanjia.gateway.accounts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Why a stored account is not in force although it is enabled. Nodes tell each other by name. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Trouble.KeyMissing.class, name = "key-missing"),
    @JsonSubTypes.Type(value = Trouble.Altered.class, name = "altered"),
    @JsonSubTypes.Type(value = Trouble.NotValid.class, name = "not-valid"),
    @JsonSubTypes.Type(value = Trouble.NameTaken.class, name = "name-taken"),
    @JsonSubTypes.Type(value = Trouble.NotTaken.class, name = "not-taken"),
})
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
