/**
 * Our accounts on channels: managed while the gateway runs, and how each of them is doing.
 *
 * <p>Start at {@link io.guanjia.gateway.accounts.ChangeAccounts} for what an administrator does,
 * and at {@link io.guanjia.gateway.accounts.AccountsInForce} for how it takes effect on every node.
 * {@link io.guanjia.gateway.accounts.Diagnosis} says how an account is doing. Nothing here knows a
 * channel: a bean of type {@link io.guanjia.gateway.channel.ManagedAccounts} is all it takes.
 */
@NullMarked
package io.guanjia.gateway.accounts;

import org.jspecify.annotations.NullMarked;
