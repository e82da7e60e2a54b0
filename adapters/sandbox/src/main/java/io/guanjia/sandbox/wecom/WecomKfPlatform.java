package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.http.Json;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Stands in for 微信客服. */
public final class WecomKfPlatform extends CorpPlatform<KfAccount> {

    static final String NAME = "wecom-kf";

    private final Surroundings around;
    private final Map<String, CorpMedia> media = new ConcurrentHashMap<>();

    WecomKfPlatform(Surroundings around) {
        super(NAME, around);
        this.around = around;
    }

    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        var known = KfSettings.of(account, settings, callback);
        var files = media.computeIfAbsent(known.corpId(), corp -> new CorpMedia(around.clock()));
        add(new KfAccount(known, around, callbacks(), files));
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new CorpControl<>(this)
                .router(
                        routes ->
                                routes.POST(
                                        CorpControl.ACCOUNT + "/empty-pages/{count}",
                                        this::emptyPages));
    }

    @Override
    public String tokenOwner(KfAccount account) {
        return account.corpId();
    }

    @Override
    public Stream<CorpMedia> files() {
        return media.values().stream();
    }

    @Override
    public KfAccount account(Attempt attempt, String corp) {
        var ofCorp = ofCorp(corp).toList();
        if (attempt.api().startsWith("media/")) {
            return ofCorp.getFirst();
        }
        var json = attempt.json();
        if (attempt.api().equals("kf/send_msg_on_event")) {
            return ofCorp.stream()
                    .filter(one -> one.codes().knows(Json.text(json, "code")))
                    .findFirst()
                    .orElse(ofCorp.getFirst());
        }
        var kfid = Json.text(json, "open_kfid");
        return ofCorp.stream()
                .filter(one -> one.openKfid().equals(kfid))
                .findFirst()
                .orElseThrow(() -> new CorpRefusal(CorpError.INVALID_KFID));
    }

    @Override
    public Mono<ServerResponse> work(Attempt attempt, KfAccount account, boolean shown) {
        return switch (attempt.api()) {
            case "kf/sync_msg" -> CorpServer.ok(KfMessaging.page(attempt.json(), account));
            case "kf/send_msg" -> CorpServer.ok(KfMessaging.send(attempt.json(), account, shown));
            case "kf/send_msg_on_event" ->
                    CorpServer.ok(KfMessaging.onEvent(attempt.json(), account, shown));
            case "kf/service_state/get" ->
                    CorpServer.ok(KfMessaging.state(attempt.json(), account));
            case "kf/service_state/trans" ->
                    CorpServer.ok(KfMessaging.transfer(attempt.json(), account));
            case "media/upload" ->
                    CorpFiles.upload(attempt.request(), account.media()).flatMap(CorpServer::ok);
            case "media/get" ->
                    CorpFiles.download(account.media().require(attempt.query("media_id")));
            default -> Mono.error(new CorpRefusal(CorpError.UNKNOWN_API));
        };
    }

    private Mono<ServerResponse> emptyPages(ServerRequest request) {
        var count = request.pathVariable("count");
        if (!count.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("count must be 0 to 999");
        }
        require(request.pathVariable("account")).emptyPages(Integer.parseInt(count));
        return ServerResponse.noContent().build();
    }

    @Override
    public void reset() {
        accounts().forEach(KfAccount::reset);
        media.values().forEach(CorpMedia::clear);
    }
}
