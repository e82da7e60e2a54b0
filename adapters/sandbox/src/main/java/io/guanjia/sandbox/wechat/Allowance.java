package io.guanjia.sandbox.wechat;

import java.time.Duration;

/**
 * What one action of a customer entitles the account to.
 *
 * @param messages how many customer-service messages
 * @param life for how long
 */
public record Allowance(int messages, Duration life) {}
