package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.ConversationView.Window;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** How many messages may still be sent to the parties of these conversations, and until when. */
interface Windows {

    /** By party id. A party that is missing has no limit. */
    Mono<Map<UUID, Window>> of(Collection<ConversationView> conversations);
}
