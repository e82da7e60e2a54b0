package io.guanjia.gateway.desk;

import io.guanjia.gateway.channel.TextLimit;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** How long words may be, as it is shown. */
@Schema(name = "TextLimit")
public record TextLimitView(
        int most,
        @Schema(allowableValues = {"bytes", "characters"}) String unit,
        @Schema(description = "How a message is divided and billed, if it is")
                TextLimit.@Nullable Parts parts) {

    public static TextLimitView of(TextLimit limit) {
        return new TextLimitView(
                limit.most(), limit.unit().name().toLowerCase(Locale.ROOT), limit.parts());
    }
}
