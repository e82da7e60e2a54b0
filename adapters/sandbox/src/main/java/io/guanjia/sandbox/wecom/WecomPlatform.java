package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.Surroundings;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stands in for 企业微信: self-built applications, customer contact, customer groups, 群发. */
public final class WecomPlatform implements Platform, CorpProduct<WecomAccount> {

    static final String NAME = "wecom";

    private final Surroundings around;
    private final CorpCallbacks callbacks;
    private final CorpTokens tokens;
    private final Map<String, WecomAccount> accounts = new ConcurrentHashMap<>();

    WecomPlatform(Surroundings around) {
        this.around = around;
        this.callbacks = new CorpCallbacks(around.clock(), around.seed());
        this.tokens = new CorpTokens(around.clock());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        accounts.put(
                account,
                new WecomAccount(
                        WecomSettings.of(account, settings, callback),
                        around,
                        callbacks,
                        new CorpMedia(around.clock())));
    }

    @Override
    public RouterFunction<ServerResponse> api() {
        return new CorpServer<>(this, tokens).router();
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new CorpControl<>(this).router(UnaryOperator.identity());
    }

    @Override
    public Collection<WecomAccount> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public WecomAccount require(String account) {
        return Optional.ofNullable(accounts.get(account))
                .orElseThrow(() -> new NoSuchElementException("no account named " + account));
    }

    @Override
    public void expireTokens() {
        tokens.expireAll();
    }

    /** How many different access tokens there were. */
    public long tokensIssued() {
        return tokens.refreshes();
    }

    // --- For the calls ---------------------------------------------------------------------------

    @Override
    public Stream<WecomAccount> ofCorp(String corpId) {
        return accounts.values().stream()
                .filter(account -> account.settings().corpId().equals(corpId));
    }

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
        return accounts.values().stream().map(WecomAccount::media);
    }

    @Override
    public void reset() {
        accounts.values().forEach(WecomAccount::reset);
    }

    @Override
    public void close() {
        callbacks.close();
    }
}
