package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.ManagedAccounts;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/** A channel with its accounts. */
@Schema(name = "Channel")
record ChannelView(
        String channel,
        @Schema(description = "Whether accounts can be added here") boolean managed,
        @Schema(
                        description =
                                "Where the platform calls, to be followed by the account's name;"
                                        + " null where it does not call")
                @Nullable String callback,
        List<Field> fields,
        List<AccountView> accounts) {

    /** What an administrator fills in. */
    @Schema(name = "AccountField")
    record Field(
            String key,
            @Schema(description = "The platform's own word") String term,
            @Schema(
                            allowableValues = {
                                "text", "address", "secret", "number", "flag", "choice"
                            },
                            description =
                                    "address: where the secrets go, which are said again with any"
                                            + " change of it")
                    String kind,
            boolean required,
            List<String> choices,
            @Schema(description = "Whether hardly anybody needs it") boolean advanced,
            @Schema(description = "What holds where nothing is written; null where nothing does")
                    @Nullable String standard) {

        static Field of(ManagedAccounts.Field field) {
            return new Field(
                    field.key(),
                    field.term(),
                    field.kind().name().toLowerCase(Locale.ROOT),
                    field.required(),
                    field.choices(),
                    field.advanced(),
                    field.standard());
        }
    }

    static ChannelView of(ManagedChannel<?> channel, List<AccountView> accounts) {
        return new ChannelView(
                channel.name(),
                true,
                channel.calledBack() ? "/callbacks/" + channel.name() + "/" : null,
                channel.fields().stream().map(Field::of).toList(),
                accounts);
    }

    static ChannelView unmanaged(String name, List<AccountView> accounts) {
        return new ChannelView(name, false, null, List.of(), accounts);
    }
}
