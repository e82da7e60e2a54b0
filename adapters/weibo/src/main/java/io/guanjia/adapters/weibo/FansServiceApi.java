package io.guanjia.adapters.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.weibo.ReplyWriter.Reply;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;

import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.Map;

/** Sends messages of one account. Source: 微博开放平台, 发送客服消息 (messages/reply). */
final class FansServiceApi {

    /** What the gateway paces and blocks by. */
    static final String REPLY = "messages-reply";

    static final String PATH = "/2/messages/reply.json";

    private static final Map<String, String> FORM =
            Map.of("Content-Type", "application/x-www-form-urlencoded");

    private final ApiClient http;
    private final AccessToken token;
    private final JsonMapper json;
    private final Clock clock;

    FansServiceApi(
            WeiboAccount account,
            AccessToken token,
            ConnectionProvider connections,
            JsonMapper json,
            Clock clock) {
        this.http = new ApiClient(account.apiBase(), account.timeout(), connections);
        this.token = token;
        this.json = json;
        this.clock = clock;
    }

    /** Sends one message. Fails with {@link DeliveryException}. */
    Mono<Accepted> send(String uid, Reply reply) {
        var form =
                "receiver_id="
                        + ReplyWriter.encoded(uid)
                        + "&type="
                        + reply.type()
                        + "&data="
                        + reply.encoded()
                        + "&save_sender_box=1";
        return http.post(PATH + "?" + token.parameter(), FORM, form.getBytes(UTF_8))
                .map(this::accepted);
    }

    /** There is no id: what became of a message is never told. */
    private Accepted accepted(ApiAnswer answer) {
        var body = Answered.read(answer, json);
        var code = body == null ? 0 : Answered.error(body);
        var error = WeiboError.of(code);
        if (code != 0 && error != WeiboError.TAKEN) {
            if (error == WeiboError.TOKEN_REFUSED) {
                token.refused();
            }
            throw error.toException(REPLY, WeiboError.describe(code), clock.instant());
        }
        if (code == 0) {
            answer.required();
            if (body == null) {
                throw new OutcomeUnknown("answer is not what the platform documents");
            }
            if (!body.path("result").asBoolean(true)) {
                throw new Refused("result is false");
            }
        }
        token.accepted();
        return new Accepted("");
    }
}
