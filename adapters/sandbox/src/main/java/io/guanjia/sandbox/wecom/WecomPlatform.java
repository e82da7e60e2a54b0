package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.Surroundings;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stands in for 企业微信: self-built applications, customer contact, customer groups, 群发. */
public final class WecomPlatform extends CorpPlatform<WecomAccount> {

    static final String NAME = "wecom";

    private final Surroundings around;

    WecomPlatform(Surroundings around) {
        super(NAME, around);
        this.around = around;
    }

    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        add(
                new WecomAccount(
                        WecomSettings.of(account, settings, callback),
                        around,
                        callbacks(),
                        new CorpMedia(around.clock())));
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new CorpControl<>(this).router(UnaryOperator.identity());
    }

    // --- For the calls ---------------------------------------------------------------------------

    /** Each application has a token of its own. */
    @Override
    public String tokenOwner(WecomAccount account) {
        return account.name();
    }

    @Override
    public WecomAccount account(Attempt call, String tokenOwner) {
        return require(tokenOwner);
    }

    @Override
    public Mono<ServerResponse> work(Attempt call, WecomAccount account, boolean shown) {
        return switch (call.api()) {
            case "media/upload" ->
                    CorpFiles.upload(call.request(), account.media()).flatMap(CorpServer::ok);
            case "media/get" -> CorpFiles.download(account.media().require(call.query("media_id")));
            case "message/send" -> CorpServer.ok(AppMessages.send(call.json(), account, shown));
            case "externalcontact/send_welcome_msg" ->
                    CorpServer.ok(Welcomes.send(call.json(), account, shown));
            case String api when api.contains("groupmsg") || api.endsWith("add_msg_template") ->
                    CorpServer.ok(MassCalls.answer(api, call.json(), account, shown));
            default -> CorpServer.ok(ContactCalls.answer(call, account));
        };
    }

    @Override
    public Stream<CorpMedia> files() {
        return accounts().stream().map(WecomAccount::media);
    }

    @Override
    public void reset() {
        accounts().forEach(WecomAccount::reset);
    }
}
