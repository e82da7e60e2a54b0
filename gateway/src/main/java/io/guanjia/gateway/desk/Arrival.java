package io.guanjia.gateway.desk;

import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.message.Content;
import io.swagger.v3.oas.annotations.media.Schema;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How something would reach the customer, for whoever is about to send it. */
@Schema(name = "Arrival")
record Arrival(
        @Schema(
                        description =
                                "As it is; as a link to the file, which expires; or put into words,"
                                        + " such as a card's title and address",
                        allowableValues = {"itself", "link", "words"})
                String as,
        @Schema(description = "In how many messages") int messages) {

    private static final Set<Kind> FILES =
            EnumSet.of(Kind.IMAGE, Kind.VOICE, Kind.VIDEO, Kind.FILE);

    /**
     * @param said the messages that go out for {@code content}
     */
    static Arrival of(Content content, List<Content> said) {
        return new Arrival(as(content, said), said.size());
    }

    private static String as(Content content, List<Content> said) {
        if (said.equals(List.of(content))) {
            return "itself";
        }
        var kind = Kind.toSend(content);
        return kind != null && FILES.contains(kind) ? "link" : "words";
    }
}
