package io.guanjia.sandbox.wechat.control;

import io.guanjia.sandbox.http.Exchange;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.Customer;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatPlatform;
import io.guanjia.sandbox.wechat.message.Action;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.Comparator;
import java.util.Map;
import java.util.NoSuchElementException;

/** Customers: who they are, what they do, what they see. */
final class CustomerControl {

    private static final int MOST_LISTED = 500;

    /** What a phone can send, and as what the platform keeps it. */
    private static final Map<String, String> KINDS =
            Map.of("image", "image", "audio", "voice", "video", "video");

    private final WechatPlatform platform;

    CustomerControl(WechatPlatform platform) {
        this.platform = platform;
    }

    void addTo(RouterFunctions.Builder routes) {
        var customer = "/accounts/{account}/customers/{openid}";
        routes.GET("/accounts/{account}/customers", this::all)
                .POST("/accounts/{account}/customers", this::create)
                .GET(customer, request -> Exchange.ok(CustomerView.of(customer(request))))
                .PUT(customer, this::change)
                .GET(customer + "/chat", this::chat)
                .POST(customer + "/actions", this::act)
                .POST(customer + "/media", this::keep);
    }

    private WechatAccount account(ServerRequest request) {
        return platform.require(request.pathVariable("account"));
    }

    private Customer customer(ServerRequest request) {
        var customer = account(request).withOpenId(request.pathVariable("openid"));
        if (customer == null) {
            throw new NoSuchElementException("no such customer");
        }
        return customer;
    }

    private Mono<ServerResponse> all(ServerRequest request) {
        return Exchange.ok(
                account(request).customers().stream()
                        .sorted(Comparator.comparing(Customer::since).thenComparing(Customer::name))
                        .limit(Exchange.number(request, "limit", MOST_LISTED))
                        .map(CustomerView::of)
                        .toList());
    }

    /**
     * @param following whether the customer follows the account already; yes when missing
     */
    private record NewCustomer(String name, @Nullable Boolean following) {}

    private Mono<ServerResponse> create(ServerRequest request) {
        var account = account(request);
        return Exchange.body(request, NewCustomer.class)
                .flatMap(
                        given -> {
                            var name = given.name().strip();
                            if (name.isEmpty() || name.length() > 40) {
                                throw new IllegalArgumentException("name must be 1 to 40 long");
                            }
                            var customer =
                                    Boolean.FALSE.equals(given.following())
                                            ? account.stranger(name)
                                            : account.customer(name);
                            return Exchange.created(CustomerView.of(customer));
                        });
    }

    private record CustomerChange(boolean blocksTemplates) {}

    private Mono<ServerResponse> change(ServerRequest request) {
        var customer = customer(request);
        return Exchange.body(request, CustomerChange.class)
                .flatMap(
                        change -> {
                            customer.blocksTemplates(change.blocksTemplates());
                            return Exchange.ok(CustomerView.of(customer));
                        });
    }

    private Mono<ServerResponse> chat(ServerRequest request) {
        return Exchange.ok(
                customer(request)
                        .chat()
                        .after(
                                Exchange.number(request, "after", 0),
                                (int) Exchange.number(request, "limit", 100)));
    }

    /** Answers when the callback has ended; with {@code ?wait=false} when it has begun. */
    private Mono<ServerResponse> act(ServerRequest request) {
        var customer = customer(request);
        return Exchange.body(request, Action.class)
                .flatMap(
                        action -> {
                            var outcome = customer.starts(action);
                            return request.queryParam("wait").orElse("").equals("false")
                                    ? ServerResponse.accepted().build()
                                    : Mono.fromFuture(outcome).flatMap(Exchange::ok);
                        });
    }

    /** Keeps the body as something the customer can send; its type is the content type. */
    private Mono<ServerResponse> keep(ServerRequest request) {
        var account = account(request);
        var type = request.headers().contentType().orElse(MediaType.APPLICATION_OCTET_STREAM);
        var kind = KINDS.get(type.getType());
        if (kind == null) {
            throw new IllegalArgumentException("the content type must be image, audio or video");
        }
        return request.bodyToMono(byte[].class)
                .flatMap(
                        bytes -> {
                            var mimeType = type.getType() + "/" + type.getSubtype();
                            var name = kind + "." + type.getSubtype();
                            var media = account.media().keep(kind, mimeType, name, bytes);
                            return Exchange.created(Json.object().put("mediaId", media.id()));
                        });
    }
}
