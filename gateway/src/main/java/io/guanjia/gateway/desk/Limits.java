package io.guanjia.gateway.desk;

import io.guanjia.gateway.channel.Capabilities;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What whoever writes has to know beforehand. What becomes of a file or a card, a preview tells.
 *
 * @param text what the account of the conversation takes
 * @param largestFile what we keep, whichever account it goes out by
 */
@Schema(name = "Limits")
record Limits(
        TextLimitView text,
        @Schema(description = "The largest file that can be uploaded, in bytes") long largestFile) {

    static Limits of(Capabilities account, long largestFile) {
        return new Limits(TextLimitView.of(account.text()), largestFile);
    }
}
