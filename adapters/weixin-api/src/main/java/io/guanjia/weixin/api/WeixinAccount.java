package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.AccountToken;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** One account's way to the platform: its token, its calls, its files. */
public final class WeixinAccount {

    private final AccountToken token;
    private final WeixinApi api;
    private final ApiQuotas quotas;
    private final MediaTransfer uploads;
    private final MediaDownload downloads;
    private final JsonMapper json;

    /**
     * @param sendsBy the calls by which messages go, of which the platform allows so many a day
     * @param thumbnails as what the pictures of films and cards are uploaded
     */
    public WeixinAccount(
            Application application,
            ErrorTable errors,
            List<Api> sendsBy,
            MediaTransfer.Kind thumbnails,
            Surroundings around) {
        var client =
                new ApiClient(application.apiBase(), application.timeout(), around.connections());
        var http = new WeixinHttp(client, around.json());
        this.json = around.json();
        var tokens = new AccessTokens(application, http, errors, around.json(), around.clock());
        this.token =
                new AccountToken(
                        around.tokens(), application.tokenKey(), tokens::fetch, around.clock());
        this.api = new WeixinApi(http, token, errors, around.clock());
        this.quotas = new ApiQuotas(api, http, around.json(), sendsBy);
        this.uploads = new MediaTransfer(api, http, around.files(), thumbnails, around.clock());
        this.downloads =
                new MediaDownload(
                        http, token, errors, around.strangers(), around.json(), around.clock());
    }

    /** What all accounts share. */
    public record Surroundings(
            SharedTokens tokens,
            MediaStore files,
            ConnectionProvider connections,
            Strangers strangers,
            JsonMapper json,
            Clock clock) {}

    /** Sends a message that names no files. Fails with {@link DeliveryException}. */
    public Mono<Accepted> send(Api way, String body) {
        return api.send(way, body)
                .onErrorMap(WeixinApi.MediaGone.class, gone -> new Refused(gone.reason()));
    }

    /**
     * Sends a 客服消息. Files of ours are uploaded first, and once more should the platform have
     * forgotten them. Fails with {@link DeliveryException}.
     *
     * @param writer makes the body of content whose files are all on the platform
     */
    public Mono<Accepted> say(Content content, Function<Content, String> writer) {
        return say(content, writer, false)
                .onErrorResume(
                        WeixinApi.MediaGone.class,
                        gone ->
                                say(content, writer, true)
                                        .onErrorMap(
                                                WeixinApi.MediaGone.class,
                                                again -> new Refused(again.reason())));
    }

    private Mono<Accepted> say(Content content, Function<Content, String> writer, boolean afresh) {
        return uploads.placed(content, afresh)
                .map(writer)
                .flatMap(body -> api.send(Api.CUSTOM_SEND, body));
    }

    /** Shows or hides 对方正在输入. A sign that fails to show is not worth an error. */
    Mono<Void> typing(String openid, boolean on) {
        var body =
                json.createObjectNode()
                        .put("touser", openid)
                        .put("command", on ? "Typing" : "CancelTyping")
                        .toString();
        return api.send(Api.TYPING, body)
                .then()
                .onErrorResume(DeliveryException.class, error -> Mono.empty());
    }

    /**
     * Hands a customer's file to {@code use}. Fails with {@link MediaUnavailable} or as that does.
     */
    <T> Mono<T> fetch(Media media, Function<MediaStream, Mono<T>> use) {
        return downloads.fetch(media, use);
    }

    Flux<CallsLeft> callsLeft() {
        return quotas.look();
    }

    Flux<HealthSign> health() {
        return token.health().flux();
    }
}
