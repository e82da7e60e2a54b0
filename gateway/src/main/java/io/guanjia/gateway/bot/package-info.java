/**
 * The bot: answers a customer from a folder of questions and answers, or says that it can't.
 *
 * <p>Start at {@link Bot}. What it knows is text that a knowledge editor writes ({@code
 * config/knowledge/README.md} describes the format) and it follows a change within seconds. It
 * understands with an embedding model inside this process, so no word of a customer leaves the
 * machine. It keeps nothing, sends nothing and knows no conversation: that is the caller's. The
 * package depends on nothing else in the gateway.
 */
@NullMarked
package io.guanjia.gateway.bot;

import org.jspecify.annotations.NullMarked;
