package io.guanjia.sandbox.app;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.SandboxClock;
import io.guanjia.sandbox.Surroundings;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.netty.resources.ConnectionProvider;

import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/** The company's apps and pages: what their customers hold in their hands. */
public final class AppPlatform implements Platform {

    static final String NAME = "app";

    /** A socket for each phone, and some more for what is asked beside it. */
    private static final int MOST_CONNECTIONS = 2_000;

    private final Surroundings around;
    private final SandboxClock clock;
    private final ConnectionProvider connections =
            ConnectionProvider.create("sandbox-app", MOST_CONNECTIONS);
    private final Map<String, CompanyApp> apps = new ConcurrentHashMap<>();

    /**
     * @param clock the company's own
     */
    AppPlatform(Surroundings around, Clock clock) {
        this.around = around;
        this.clock = new SandboxClock(clock);
    }

    /**
     * The company's own, which goes with the gateway's: whoever shifts that one shifts this one
     * too, or neither believes what the other signs.
     */
    public SandboxClock clock() {
        return clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Needs {@code token-key}, {@code token-issuer} and {@code token-audience}, and signs by
     * HS256. Nobody calls back here: of the callback only the gateway's address counts. A name that
     * is known already is set up anew.
     */
    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        var opened =
                new CompanyApp(
                        account,
                        AppCredentials.of(settings),
                        callback.resolve("/"),
                        around,
                        clock,
                        connections);
        var before = apps.put(account, opened);
        if (before != null) {
            before.reset();
        }
        opened.publish("accounts", "");
    }

    /**
     * The account of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    public CompanyApp account(String name) {
        var app = apps.get(name);
        if (app == null) {
            throw new NoSuchElementException("no app named " + name);
        }
        return app;
    }

    @Override
    public List<CompanyApp> accounts() {
        return apps.values().stream().sorted(Comparator.comparing(CompanyApp::name)).toList();
    }

    /** Where the gateway's {@code push-webhook} points to: {@code /app/push/{account}}. */
    @Override
    public RouterFunction<ServerResponse> api() {
        return new PushService(this, clock).router();
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new AppControl(this).router();
    }

    @Override
    public void reset() {
        apps.values().forEach(CompanyApp::reset);
    }

    @Override
    public void close() {
        reset();
        connections.dispose();
    }
}
