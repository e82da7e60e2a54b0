/** Where others are in the network, and who of them may call. */
@NullMarked
package io.guanjia.gateway.network;

import org.jspecify.annotations.NullMarked;
