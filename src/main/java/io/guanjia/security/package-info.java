/**
 * Who may do what: people who sign in, service tokens, and what every answer's headers say.
 *
 * <p>Start at {@link io.guanjia.security.SecurityRules}.
 */
@NullMarked
package io.guanjia.security;

import org.jspecify.annotations.NullMarked;
