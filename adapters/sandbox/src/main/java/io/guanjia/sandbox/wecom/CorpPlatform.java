package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.phone.PhoneAccount;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What is the same in every product of a corporation: its accounts by their names, its access
 * tokens, and the way in which it calls back.
 */
abstract class CorpPlatform<A extends PhoneAccount & CorpAccount>
        implements Platform, CorpProduct<A> {

    private final String name;
    private final CorpCallbacks callbacks;
    private final CorpTokens tokens;
    private final Map<String, A> accounts = new ConcurrentHashMap<>();

    CorpPlatform(String name, Surroundings around) {
        this.name = name;
        this.callbacks = new CorpCallbacks(around.clock(), around.seed());
        this.tokens = new CorpTokens(around.clock());
    }

    @Override
    public String name() {
        return name;
    }

    /** Knows an account from now on, in place of one of the same name. */
    void add(A account) {
        accounts.put(account.name(), account);
    }

    CorpCallbacks callbacks() {
        return callbacks;
    }

    @Override
    public RouterFunction<ServerResponse> api() {
        return new CorpServer<>(this, tokens).router();
    }

    @Override
    public Collection<A> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public A require(String account) {
        return Optional.ofNullable(accounts.get(account))
                .orElseThrow(() -> new NoSuchElementException("no account named " + account));
    }

    @Override
    public Stream<A> ofCorp(String corpId) {
        return accounts.values().stream().filter(account -> account.corpId().equals(corpId));
    }

    @Override
    public void expireTokens() {
        tokens.expireAll();
    }

    /** How many different access tokens there were. */
    public long tokensIssued() {
        return tokens.refreshes();
    }

    @Override
    public void close() {
        callbacks.close();
    }
}
