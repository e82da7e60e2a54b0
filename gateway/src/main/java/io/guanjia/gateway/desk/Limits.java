package io.guanjia.gateway.desk;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What the account of a conversation takes, as far as whoever writes has to know. */
@Schema(name = "Limits")
record Limits(
        TextLimitView text,
        @Schema(description = "Null where it takes none") @Nullable Images images) {

    /** Pictures by type and size. */
    @Schema(name = "ImageLimit")
    record Images(
            @Schema(description = "MIME types; empty for any") List<String> types,
            @Schema(description = "0 for any") long maxBytes) {}

    static Limits of(Capabilities account) {
        var files = account.sends().get(Kind.IMAGE);
        return new Limits(
                TextLimitView.of(account.text()),
                files == null
                        ? null
                        : new Images(files.types().stream().sorted().toList(), files.maxBytes()));
    }
}
