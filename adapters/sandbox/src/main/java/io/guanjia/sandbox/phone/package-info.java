/**
 * What customers of any platform see on their phone and do there, so that one page shows all
 * platforms side by side.
 *
 * <p>Start at {@link io.guanjia.sandbox.phone.PhoneAccount}, which a platform implements.
 */
@NullMarked
package io.guanjia.sandbox.phone;

import org.jspecify.annotations.NullMarked;
