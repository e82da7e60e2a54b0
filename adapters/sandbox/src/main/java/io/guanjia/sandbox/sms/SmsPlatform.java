package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.Surroundings;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/** One provider of SMS with its accounts. */
public final class SmsPlatform implements Platform {

    private final Dialect dialect;
    private final Surroundings around;
    private final CallbackPoster poster;
    private final Map<String, SmsAccount> accounts = new ConcurrentHashMap<>();

    SmsPlatform(Dialect dialect, Surroundings around) {
        this.dialect = dialect;
        this.around = around;
        this.poster = new CallbackPoster(dialect.channel());
    }

    @Override
    public String name() {
        return dialect.channel();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Beside the gateway's keys it takes {@code callback-retries}, the pauses before further
     * tries such as {@code 1s,5s}; without it they are the provider's own, minutes long. A name
     * that is known already is set up anew.
     */
    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        for (var key : dialect.required()) {
            if (settings.getOrDefault(key, "").isBlank()) {
                throw new IllegalArgumentException(key + " is missing");
            }
        }
        var opened = new SmsAccount(account, settings, callback, dialect, around, poster);
        accounts.put(account, opened);
        opened.publish("accounts", "");
    }

    /**
     * The account of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    public SmsAccount account(String name) {
        var account = accounts.get(name);
        if (account == null) {
            throw new NoSuchElementException("no account named " + name);
        }
        return account;
    }

    /** Whose call it is; null for nobody's. */
    @Nullable SmsAccount caller(Call call) {
        return accounts.values().stream()
                .filter(account -> dialect.names(call, account.settings()))
                .findAny()
                .orElse(null);
    }

    @Override
    public List<SmsAccount> accounts() {
        return accounts.values().stream().sorted(Comparator.comparing(SmsAccount::name)).toList();
    }

    @Override
    public RouterFunction<ServerResponse> api() {
        return new SmsApi(this, dialect, around.clock()).router();
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new SmsControl(this).router();
    }

    @Override
    public void reset() {
        accounts.values().forEach(SmsAccount::reset);
    }

    @Override
    public void close() {
        poster.close();
    }
}
