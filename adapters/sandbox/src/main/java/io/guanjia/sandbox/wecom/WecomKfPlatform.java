package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.Surroundings;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Stands in for 微信客服. */
public final class WecomKfPlatform implements Platform {

    static final String NAME = "wecom-kf";

    private final Surroundings around;
    private final KfCallbacks callbacks;
    private final CorpTokens tokens;
    private final Map<String, KfAccount> accounts = new ConcurrentHashMap<>();
    private final Map<String, KfMedia> media = new ConcurrentHashMap<>();

    WecomKfPlatform(Surroundings around) {
        this.around = around;
        this.callbacks = new KfCallbacks(around.clock());
        this.tokens = new CorpTokens(around.clock());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        var known = KfSettings.of(account, settings, callback);
        var files = media.computeIfAbsent(known.corpId(), corp -> new KfMedia(around.clock()));
        accounts.put(account, new KfAccount(known, around, callbacks, files));
    }

    @Override
    public RouterFunction<ServerResponse> api() {
        return new KfApi(this, tokens).router();
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new KfControl(this).router();
    }

    @Override
    public Collection<KfAccount> accounts() {
        return List.copyOf(accounts.values());
    }

    /**
     * The account of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    public KfAccount require(String account) {
        return Optional.ofNullable(accounts.get(account))
                .orElseThrow(() -> new NoSuchElementException("no account named " + account));
    }

    /** Ends every access token: 42001 from now on. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /** How many different access tokens there were. */
    public long tokensIssued() {
        return tokens.refreshes();
    }

    Stream<KfAccount> ofCorp(String corpId) {
        return accounts.values().stream()
                .filter(account -> account.settings().corpId().equals(corpId));
    }

    @Override
    public void reset() {
        accounts.values().forEach(KfAccount::reset);
        media.values().forEach(KfMedia::clear);
    }

    @Override
    public void close() {
        callbacks.close();
    }
}
