package io.guanjia.gateway.downgrade;

import io.guanjia.gateway.message.Content;

import java.util.List;

/**
 * One message, in the way that an account can say it.
 *
 * @param links the short links in it, or in the whole that it is a part of. Whoever commits the
 *     message keeps them in the same transaction, or customers are sent to nothing.
 */
public record Said(Content content, List<ShortLink> links) {

    public Said {
        links = List.copyOf(links);
    }

    /** In whose words there is no short link. */
    public static Said asItIs(Content content) {
        return new Said(content, List.of());
    }
}
