/**
 * How often a stand-in lets itself be called. Start at {@link io.guanjia.sandbox.quota.CallQuotas},
 * which each account has one of where its platform counts.
 */
@NullMarked
package io.guanjia.sandbox.quota;

import org.jspecify.annotations.NullMarked;
