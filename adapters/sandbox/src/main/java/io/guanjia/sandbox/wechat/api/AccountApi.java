package io.guanjia.sandbox.wechat.api;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.Customer;
import io.guanjia.sandbox.wechat.Product;
import io.guanjia.sandbox.wechat.WechatError;
import io.guanjia.sandbox.wechat.message.Tickets;

import java.util.Comparator;
import java.util.List;

/** Users, menus, QR codes, quotas and the platform's own addresses. */
final class AccountApi {

    private static final int MOST_MENUS = 3;
    private static final int MOST_ENTRIES = 5;

    private static final String QUOTA_GET = "openapi/quota/get";
    private static final String CALLS = "/cgi-bin/";

    private AccountApi() {}

    static List<Route> routes(Product product) {
        return switch (product) {
            case OFFICIAL_ACCOUNT -> ofOfficialAccounts();
            case MINI_PROGRAM ->
                    List.of(
                            Route.post("clear_quota", AccountApi::clearQuota),
                            Route.post(QUOTA_GET, AccountApi::quota));
        };
    }

    private static List<Route> ofOfficialAccounts() {
        return List.of(
                Route.get("user/info", AccountApi::userInfo),
                Route.get("user/get", AccountApi::users),
                Route.get("getcallbackip", AccountApi::addresses),
                Route.get("get_api_domain_ip", AccountApi::addresses),
                Route.post("clear_quota", AccountApi::clearQuota),
                Route.post(QUOTA_GET, AccountApi::quota),
                Route.post("menu/create", AccountApi::createMenu),
                Route.get("menu/get", AccountApi::menu),
                Route.get("menu/delete", AccountApi::deleteMenu),
                Route.post("qrcode/create", AccountApi::qrCode),
                Route.get("template/get_all_private_template", AccountApi::templates));
    }

    private static ApiAnswer userInfo(ApiRequest call) {
        var customer = call.account().withOpenId(call.query("openid"));
        if (customer == null) {
            return ApiAnswer.refused(WechatError.INVALID_OPENID);
        }
        var info = Json.object();
        info.put("subscribe", customer.following() ? 1 : 0).put("openid", customer.openId());
        if (customer.following()) {
            // Names and portraits are no longer given out since 2021-12-27.
            info.put("nickname", "").put("sex", 0).put("language", "zh_CN").put("headimgurl", "");
            info.put("city", "").put("province", "").put("country", "");
            info.put("subscribe_time", customer.since().getEpochSecond());
            info.put("remark", "").put("groupid", 0);
            info.putArray("tagid_list");
            var scene = customer.scene();
            info.put("subscribe_scene", scene == null ? "ADD_SCENE_SEARCH" : "ADD_SCENE_QR_CODE");
            info.put("qr_scene", 0).put("qr_scene_str", scene == null ? "" : scene);
        }
        var unionId = customer.unionId();
        if (unionId != null) {
            info.put("unionid", unionId);
        }
        return new ApiAnswer.Fields(info);
    }

    /** All followers at once: a sandbox has no more than fit into one answer. */
    private static ApiAnswer users(ApiRequest call) {
        var followers =
                call.account().customers().stream()
                        .filter(Customer::following)
                        .sorted(Comparator.comparing(Customer::since))
                        .map(Customer::openId)
                        .limit(10_000)
                        .toList();
        var answer = Json.object().put("total", followers.size()).put("count", followers.size());
        var list = answer.putObject("data").putArray("openid");
        followers.forEach(list::add);
        return new ApiAnswer.Fields(
                answer.put("next_openid", followers.isEmpty() ? "" : followers.getLast()));
    }

    private static ApiAnswer addresses(ApiRequest call) {
        var answer = Json.object();
        answer.putArray("ip_list").add("127.0.0.1");
        return new ApiAnswer.Fields(answer);
    }

    private static ApiAnswer clearQuota(ApiRequest call) {
        return call.json(
                body -> {
                    if (!Json.text(body, "appid").equals(call.account().settings().appId())) {
                        return ApiAnswer.refused(WechatError.INVALID_APPID);
                    }
                    return call.account().clearQuotas()
                            ? ApiAnswer.ok()
                            : ApiAnswer.refused(WechatError.CLEARED_TOO_OFTEN);
                });
    }

    /** All three numbers are 0 where the day has no limit. */
    private static ApiAnswer quota(ApiRequest call) {
        return call.json(
                body -> {
                    var path = Json.text(body, "cgi_path");
                    if (!path.startsWith(CALLS)) {
                        return ApiAnswer.refused(WechatError.NO_SUCH_API);
                    }
                    var usage = call.account().quotas().usage().get(path.substring(CALLS.length()));
                    var limit = usage == null ? 0 : Math.max(0, usage.limit());
                    var used = usage == null || limit == 0 ? 0 : usage.used();
                    var answer = Json.object();
                    answer.putObject("quota")
                            .put("daily_limit", limit)
                            .put("used", used)
                            .put("remain", limit - used);
                    return new ApiAnswer.Fields(answer);
                });
    }

    private static ApiAnswer createMenu(ApiRequest call) {
        return call.json(
                body -> {
                    var menus = body.path("button");
                    if (menus.isEmpty() || menus.size() > MOST_MENUS) {
                        return ApiAnswer.refused(WechatError.INVALID_BUTTON_COUNT);
                    }
                    for (var menu : menus) {
                        if (Json.text(menu, "name").isEmpty()
                                || menu.path("sub_button").size() > MOST_ENTRIES) {
                            return ApiAnswer.refused(WechatError.INVALID_BUTTON_COUNT);
                        }
                    }
                    call.account().menu(body.toString());
                    return ApiAnswer.ok();
                });
    }

    private static ApiAnswer menu(ApiRequest call) {
        var menu = call.account().menu();
        var parsed = menu == null ? null : Json.readObject(menu);
        if (parsed == null) {
            return ApiAnswer.refused(WechatError.MENU_MISSING);
        }
        var answer = Json.object();
        answer.set("menu", parsed);
        return new ApiAnswer.Fields(answer);
    }

    private static ApiAnswer deleteMenu(ApiRequest call) {
        call.account().menu(null);
        return ApiAnswer.ok();
    }

    private static ApiAnswer qrCode(ApiRequest call) {
        return call.json(
                body -> {
                    var scene = body.path("action_info").path("scene");
                    var name = Json.text(scene, "scene_str") + Json.text(scene, "scene_id");
                    if (name.isEmpty()) {
                        return ApiAnswer.refused(WechatError.BAD_ARGUMENT);
                    }
                    return new ApiAnswer.Fields(
                            Json.object()
                                    .put("ticket", Tickets.of(name))
                                    .put("expire_seconds", body.path("expire_seconds").asInt(60))
                                    .put("url", "http://weixin.qq.com/q/" + Tickets.of(name)));
                });
    }

    private static ApiAnswer templates(ApiRequest call) {
        var answer = Json.object();
        var list = answer.putArray("template_list");
        call.account()
                .templates()
                .values()
                .forEach(
                        template ->
                                list.addObject()
                                        .put("template_id", template.id())
                                        .put("title", template.title())
                                        .put("primary_industry", "")
                                        .put("deputy_industry", "")
                                        .put("content", template.content())
                                        .put("example", ""));
        return new ApiAnswer.Fields(answer);
    }
}
