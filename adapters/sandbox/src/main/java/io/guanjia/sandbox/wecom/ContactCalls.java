package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.node.ObjectNode;

/**
 * What the calls about customers and groups read. Source: 企业微信开发者中心, 获取客户列表 (92113), 获取客户详情
 * (92114), 获取客户群列表 (92120), 获取客户群详情 (92122).
 */
final class ContactCalls {

    private ContactCalls() {}

    static ObjectNode answer(Attempt call, WecomAccount account) {
        return switch (call.api()) {
            case "externalcontact/get_follow_user_list" -> {
                var answer = ok();
                var list = answer.putArray("follow_user");
                account.members().forEach(member -> list.add(member.id()));
                yield answer;
            }
            case "externalcontact/list" -> customers(call.query("userid"), account);
            case "externalcontact/get" -> customer(call.query("external_userid"), account);
            case "externalcontact/groupchat/list" -> groups(call.json(), account);
            case "externalcontact/groupchat/get" ->
                    group(Json.text(call.json(), "chat_id"), account);
            default -> throw new CorpRefusal(CorpError.UNKNOWN_API);
        };
    }

    private static ObjectNode customers(String userId, WecomAccount account) {
        var member =
                account.findMember(userId)
                        .orElseThrow(() -> new CorpRefusal(CorpError.INVALID_USERID));
        var customers = account.customersOf(member);
        if (customers.isEmpty()) {
            throw new CorpRefusal(CorpError.NO_RELATION);
        }
        var answer = ok();
        var list = answer.putArray("external_userid");
        customers.forEach(customer -> list.add(customer.id()));
        return answer;
    }

    private static ObjectNode customer(String id, WecomAccount account) {
        var customer =
                account.findCustomer(id)
                        .orElseThrow(() -> new CorpRefusal(CorpError.INVALID_CUSTOMER));
        if (customer.ties().isEmpty()) {
            throw new CorpRefusal(CorpError.NO_RELATION);
        }
        var answer = ok();
        answer.putObject("external_contact")
                .put("external_userid", id)
                .put("name", customer.name())
                .put("avatar", "")
                .put("type", 1)
                .put("gender", 0);
        var list = answer.putArray("follow_user");
        customer.ties()
                .forEach(
                        (member, tie) -> {
                            var entry =
                                    list.addObject()
                                            .put("userid", member.id())
                                            .put("remark", tie.remark())
                                            .put("description", "")
                                            .put("createtime", tie.since().getEpochSecond())
                                            .put("state", tie.state());
                            entry.putArray("tags");
                        });
        return answer.put("next_cursor", "");
    }

    private static ObjectNode groups(ObjectNode request, WecomAccount account) {
        var owners = request.path("owner_filter").path("userid_list").valueStream();
        var wanted = owners.map(one -> one.asString("")).toList();
        var answer = ok();
        var list = answer.putArray("group_chat_list");
        account.groups().stream()
                .filter(group -> wanted.isEmpty() || wanted.contains(group.owner().id()))
                .forEach(group -> list.addObject().put("chat_id", group.id()).put("status", 0));
        return answer.put("next_cursor", "");
    }

    private static ObjectNode group(String id, WecomAccount account) {
        var group = account.group(id).orElseThrow(() -> new CorpRefusal(CorpError.INVALID_CHAT));
        var answer = ok();
        var chat =
                answer.putObject("group_chat")
                        .put("chat_id", id)
                        .put("name", group.name())
                        .put("owner", group.owner().id())
                        .put("create_time", group.since().getEpochSecond())
                        .put("notice", group.notice());
        var list = chat.putArray("member_list");
        list.addObject().put("userid", group.owner().id()).put("type", 1);
        group.customers()
                .forEach(
                        customer ->
                                list.addObject()
                                        .put("userid", customer.id())
                                        .put("type", 2)
                                        .put("name", customer.name()));
        chat.put("member_version", group.version());
        return answer;
    }

    private static ObjectNode ok() {
        return Json.object().put("errcode", 0).put("errmsg", "ok");
    }
}
