/**
 * Keeps secrets that we store: encrypted with AES-256-GCM, each with the id of its key.
 *
 * <p>Start at {@link io.guanjia.gateway.vault.Vault}. The keys are in the settings, never in the
 * database.
 */
@NullMarked
package io.guanjia.gateway.vault;

import org.jspecify.annotations.NullMarked;
