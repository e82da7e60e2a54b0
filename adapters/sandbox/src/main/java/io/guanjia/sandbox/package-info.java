/**
 * Stand-ins for the platforms our customers use, spoken to over the platforms' own HTTP interfaces.
 *
 * <p>Start at {@link io.guanjia.sandbox.Sandbox}. It knows nothing of the gateway: whoever calls it
 * and is called by it cannot tell it from the real thing, except that it can be told to fail. One
 * subpackage per platform; {@code fault}, {@code history} and {@code http} are what they share.
 */
@NullMarked
package io.guanjia.sandbox;

import org.jspecify.annotations.NullMarked;
