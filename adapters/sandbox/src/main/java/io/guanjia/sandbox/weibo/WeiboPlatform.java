package io.guanjia.sandbox.weibo;

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

/** All Weibo accounts. */
public final class WeiboPlatform implements Platform {

    private final Surroundings around;
    private final CallbackSender sender;
    private final Map<String, WeiboAccount> accounts = new ConcurrentHashMap<>();

    WeiboPlatform(Surroundings around) {
        this.around = around;
        this.sender = new CallbackSender(around.clock());
    }

    @Override
    public String name() {
        return "weibo";
    }

    /**
     * {@inheritDoc}
     *
     * <p>Needs {@code app-secret} and {@code access-token}; {@code uid} and {@code app-key} follow
     * from the name where they are not given. A name that is known already is set up anew.
     */
    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        var opened =
                new WeiboAccount(
                        account, Credentials.of(account, settings), callback, around, sender);
        var other = withToken(opened.credentials().accessToken());
        if (other != null && !other.name().equals(account)) {
            throw new IllegalArgumentException("access-token is another account's");
        }
        accounts.put(account, opened);
        opened.publish("accounts", "");
    }

    /**
     * The account of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    public WeiboAccount account(String name) {
        var account = accounts.get(name);
        if (account == null) {
            throw new NoSuchElementException("no Weibo account named " + name);
        }
        return account;
    }

    /** Whose access token that is, good or not; null for nobody's. */
    @Nullable WeiboAccount withToken(String token) {
        return accounts.values().stream()
                .filter(account -> account.credentials().accessToken().equals(token))
                .findAny()
                .orElse(null);
    }

    @Override
    public List<WeiboAccount> accounts() {
        return accounts.values().stream().sorted(Comparator.comparing(WeiboAccount::name)).toList();
    }

    @Override
    public RouterFunction<ServerResponse> api() {
        return new ApiServer(this, around.clock()).router();
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new WeiboControl(this).router();
    }

    @Override
    public void reset() {
        accounts.values().forEach(WeiboAccount::reset);
    }

    @Override
    public void close() {
        sender.close();
    }
}
