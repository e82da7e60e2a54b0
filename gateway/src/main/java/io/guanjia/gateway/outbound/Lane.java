package io.guanjia.gateway.outbound;

/** Who is in a hurry. What a person says goes before the bot, and the bot before a campaign. */
public enum Lane {
    PERSON,
    BOT,
    CAMPAIGN;

    /** What is stored: lower goes first. */
    short rank() {
        return (short) ordinal();
    }
}
