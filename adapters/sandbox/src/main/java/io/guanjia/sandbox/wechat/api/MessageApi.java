package io.guanjia.sandbox.wechat.api;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.Product;
import io.guanjia.sandbox.wechat.Sending;
import io.guanjia.sandbox.wechat.WechatError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Customer-service, template and subscription messages. */
final class MessageApi {

    /** An escape that is not itself escaped. */
    private static final Pattern UNICODE_ESCAPE =
            Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u[0-9a-fA-F]{4}");

    private MessageApi() {}

    static List<Route> routes(Product product) {
        var service =
                List.of(
                        Route.post("message/custom/send", MessageApi::custom),
                        Route.post("message/custom/typing", MessageApi::typing));
        var more =
                switch (product) {
                    case OFFICIAL_ACCOUNT ->
                            List.of(
                                    Route.post("message/template/send", MessageApi::template),
                                    Route.post(
                                            "message/subscribe/bizsend", MessageApi::subscription));
                    case MINI_PROGRAM ->
                            List.of(Route.post("message/subscribe/send", MessageApi::subscription));
                };
        return Stream.concat(service.stream(), more.stream()).toList();
    }

    private static ApiAnswer custom(ApiRequest call) {
        if (UNICODE_ESCAPE.matcher(call.body()).find()) {
            return ApiAnswer.refused(WechatError.INVALID_CHARSET);
        }
        if (!call.account().settings().customerService()) {
            return ApiAnswer.refused(WechatError.NOT_AUTHORISED);
        }
        return call.json(
                message ->
                        switch (new ServiceMessageReader(call.account()).read(message)) {
                            case ServiceMessageReader.Read.Wrong wrong ->
                                    ApiAnswer.refused(wrong.error());
                            case ServiceMessageReader.Read.Message read ->
                                    ApiAnswer.unless(
                                            call.account()
                                                    .sending()
                                                    .service(
                                                            Json.text(message, "touser"),
                                                            read.bubble(),
                                                            servicer(message),
                                                            call.shown()));
                        });
    }

    private static @Nullable String servicer(ObjectNode message) {
        var account = Json.text(message.path("customservice"), "kf_account");
        return account.isEmpty() ? null : account;
    }

    private static ApiAnswer typing(ApiRequest call) {
        return call.json(
                body -> {
                    var to = Json.text(body, "touser");
                    Optional<WechatError> error =
                            switch (Json.text(body, "command")) {
                                case "Typing" -> call.account().sending().typing(to, true);
                                case "CancelTyping" -> call.account().sending().typing(to, false);
                                default -> Optional.of(WechatError.BAD_TYPING_COMMAND);
                            };
                    return ApiAnswer.unless(error);
                });
    }

    private static ApiAnswer template(ApiRequest call) {
        return call.json(
                body ->
                        receipt(
                                call.account()
                                        .sending()
                                        .template(filled(call, body), call.shown())));
    }

    private static ApiAnswer subscription(ApiRequest call) {
        return call.json(
                body ->
                        receipt(
                                call.account()
                                        .sending()
                                        .subscription(filled(call, body), call.shown())));
    }

    private static Sending.Filled filled(ApiRequest call, ObjectNode body) {
        var values = new HashMap<String, String>();
        body.path("data")
                .properties()
                .forEach(field -> values.put(field.getKey(), Json.text(field.getValue(), "value")));
        return new Sending.Filled(
                Json.text(body, "touser"),
                Json.text(body, "template_id"),
                values,
                orNull(Json.text(body, "url")),
                page(call, body),
                orNull(Json.text(body, "client_msg_id")));
    }

    /** A mini program's own messages say it differently. */
    private static @Nullable String page(ApiRequest call, ObjectNode body) {
        return orNull(
                call.account().product() == Product.MINI_PROGRAM
                        ? Json.text(body, "page")
                        : Json.text(body.path("miniprogram"), "pagepath"));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static ApiAnswer receipt(Sending.Receipt receipt) {
        return switch (receipt) {
            case Sending.Receipt.Refused refused -> ApiAnswer.refused(refused.error());
            case Sending.Receipt.Accepted accepted ->
                    new ApiAnswer.Fields(ApiAnswer.okFields().put("msgid", accepted.msgId()));
        };
    }
}
