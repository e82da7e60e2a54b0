/**
 * Access tokens that all nodes share, in Redis.
 *
 * <p>Start at {@link io.guanjia.gateway.token.RedisSharedTokens}; channels see only {@link
 * io.guanjia.gateway.channel.SharedTokens}. A token is in no log, exception or metric.
 */
@NullMarked
package io.guanjia.gateway.token;

import org.jspecify.annotations.NullMarked;
