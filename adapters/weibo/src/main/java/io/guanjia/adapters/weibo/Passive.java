package io.guanjia.adapters.weibo;

import io.guanjia.adapters.weibo.ReplyWriter.Reply;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Reading.Answers;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Passive replies (被动响应消息): what one callback can be answered in its own response.
 *
 * @param ends who wrote to whom; null where there is nobody to answer in this way
 */
record Passive(@Nullable Ends ends, ReplyWriter replies, JsonMapper json) implements Answers {

    /** Their uids as they came, numbers. */
    record Ends(JsonNode customer, JsonNode account) {}

    /**
     * Whoever leaves reads nothing more. After a mention one reply is allowed, and whether one in
     * the response counts as that is not said: so it goes by the API, where it does.
     */
    static Passive to(
            JsonNode message, InboundMessage inbound, ReplyWriter replies, JsonMapper json) {
        var customer = message.path("sender_id");
        var account = message.path("receiver_id");
        var answerable =
                !(inbound.content() instanceof Event.Unfollowed)
                        && inbound.trigger() != Trigger.MENTION
                        && customer.isValueNode()
                        && account.isValueNode();
        return new Passive(answerable ? new Ends(customer, account) : null, replies, json);
    }

    /** An empty body: nothing is shown, nothing tried again. */
    @Override
    public CallbackResponse acknowledgement() {
        return CallbackResponse.text("");
    }

    @Override
    public Optional<CallbackResponse> passively(Content content) {
        var to = ends;
        return to == null ? Optional.empty() : replies.write(content).map(reply -> say(to, reply));
    }

    private CallbackResponse say(Ends to, Reply reply) {
        var body = json.createObjectNode().put("result", true);
        body.set("receiver_id", to.customer());
        body.set("sender_id", to.account());
        body.put("type", reply.type()).put("data", reply.encoded());
        return new CallbackResponse(
                "application/json;charset=UTF-8", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Leaves out the uids: this ends up in logs. */
    @Override
    public String toString() {
        return "Passive[" + (ends != null) + "]";
    }
}
