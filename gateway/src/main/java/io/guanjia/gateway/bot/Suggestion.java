package io.guanjia.gateway.bot;

/**
 * A question the bot can answer, offered to a customer it is not sure to have understood.
 *
 * @param id the knowledge entry's id
 * @param label the question as the customer reads it
 */
public record Suggestion(String id, String label) {}
