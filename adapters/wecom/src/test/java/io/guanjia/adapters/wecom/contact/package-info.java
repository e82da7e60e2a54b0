/** Drives the channel against a platform on loopback. */
@NullMarked
package io.guanjia.adapters.wecom.contact;

import org.jspecify.annotations.NullMarked;
