package io.guanjia.sandbox.fault;

import io.guanjia.sandbox.http.Exchange;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Faults on and off: {@code /accounts/{account}/faults} in a platform's control API.
 *
 * @param <A> the platform's accounts
 */
public final class FaultControl<A> {

    private static final String FAULTS = "/accounts/{account}/faults";

    private final Function<String, A> accounts;
    private final Function<A, Faults> faults;
    private final Consumer<A> changed;

    /**
     * @param accounts finds one by its name, and fails where there is none
     * @param changed tells pages that the account's faults are others
     */
    public FaultControl(
            Function<String, A> accounts, Function<A, Faults> faults, Consumer<A> changed) {
        this.accounts = accounts;
        this.faults = faults;
        this.changed = changed;
    }

    public void addTo(RouterFunctions.Builder routes) {
        routes.GET(FAULTS, this::all)
                .POST(FAULTS, this::add)
                .DELETE(FAULTS, this::clear)
                .DELETE(FAULTS + "/{id}", this::remove);
    }

    private A account(ServerRequest request) {
        return accounts.apply(request.pathVariable("account"));
    }

    private Mono<ServerResponse> all(ServerRequest request) {
        return Exchange.ok(faults.apply(account(request)).active());
    }

    /**
     * @param probability every time when missing
     * @param times without end when missing
     */
    private record NewFault(
            String target, Effect effect, @Nullable Double probability, @Nullable Integer times) {

        Fault fault() {
            return new Fault(target, effect, probability == null ? 1 : probability, times);
        }
    }

    private Mono<ServerResponse> add(ServerRequest request) {
        var account = account(request);
        return Exchange.body(request, NewFault.class)
                .flatMap(
                        given -> {
                            var active = faults.apply(account).add(given.fault());
                            changed.accept(account);
                            return Exchange.created(active);
                        });
    }

    private Mono<ServerResponse> clear(ServerRequest request) {
        var account = account(request);
        faults.apply(account).clear();
        changed.accept(account);
        return Exchange.done();
    }

    private Mono<ServerResponse> remove(ServerRequest request) {
        var account = account(request);
        var id = request.pathVariable("id");
        if (!id.matches("\\d{1,9}") || !faults.apply(account).remove(Integer.parseInt(id))) {
            throw new NoSuchElementException("no such fault");
        }
        changed.accept(account);
        return Exchange.done();
    }
}
