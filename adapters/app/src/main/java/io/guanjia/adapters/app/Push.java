package io.guanjia.adapters.app;

import io.guanjia.gateway.message.Address;

import java.util.UUID;

/**
 * What the company's push service is to be told of one message.
 *
 * @param customer in whose thread the message is
 * @param body as it is posted, the same at every try
 */
record Push(UUID delivery, Address customer, String body) {}
