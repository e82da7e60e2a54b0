/**
 * What reaches out first and lasts longer than a conversation: butlers, circles (社群), segments,
 * campaigns, journeys and surveys, each in a package of its own when it is built.
 *
 * <p>Everything here sends through {@code io.guanjia.gateway.outbound}, so that consent, windows,
 * quotas and pace cannot be passed by, and reads what customers wrote from the journal, as the
 * conversation does.
 */
@NullMarked
package io.guanjia.community;

import org.jspecify.annotations.NullMarked;
