package io.guanjia.sandbox.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.weibo.OutgoingReader.Outgoing;

import java.net.URLDecoder;
import java.util.List;

/** What a response to a callback says. */
sealed interface PassiveReply {

    /** Nothing: an empty body. */
    record Silence() implements PassiveReply {}

    record Shown(List<Bubble> bubbles) implements PassiveReply {
        public Shown {
            bubbles = List.copyOf(bubbles);
        }
    }

    /** Something the platform cannot use. It does not try again, and the customer sees nothing. */
    record Unusable(String reason) implements PassiveReply {}

    static PassiveReply read(String body, long customer, long account) {
        if (body.isBlank()) {
            return new Silence();
        }
        var reply = Json.readObject(body);
        if (reply == null) {
            return new Unusable("no JSON");
        }
        if (!reply.path("result").asBoolean(false)) {
            return new Unusable("result is not true");
        }
        if (!Json.text(reply, "receiver_id").equals(Long.toString(customer))) {
            return new Unusable("receiver_id is not the customer");
        }
        if (!Json.text(reply, "sender_id").equals(Long.toString(account))) {
            return new Unusable("sender_id is not the account");
        }
        String data;
        try {
            data = URLDecoder.decode(Json.text(reply, "data"), UTF_8);
        } catch (IllegalArgumentException e) {
            return new Unusable("data is not URL-encoded");
        }
        return switch (OutgoingReader.read(Json.text(reply, "type"), data)) {
            case Outgoing.Said said -> new Shown(said.bubbles());
            case Outgoing.Wrong wrong -> new Unusable(WeiboError.wordsFor(wrong.error().code()));
        };
    }
}
