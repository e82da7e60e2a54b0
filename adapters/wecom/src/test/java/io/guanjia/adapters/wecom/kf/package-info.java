/** Drives the channel against a platform on loopback. */
@NullMarked
package io.guanjia.adapters.wecom.kf;

import org.jspecify.annotations.NullMarked;
