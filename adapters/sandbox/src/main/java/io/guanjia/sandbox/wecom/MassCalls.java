package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wecom.MassSend.Part;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the calls about 企业群发 do. Source: 企业微信开发者中心, 创建企业群发 (92135), 获取企业的全部群发记录 (93338), 提醒成员群发
 * (97610), 停止企业群发 (97611).
 */
final class MassCalls {

    private static final int MOST_CUSTOMERS = 10_000;
    private static final int MOST_GROUPS = 2_000;
    private static final int MOST_ON_A_PAGE = 1_000;
    private static final int USUAL_ON_A_PAGE = 500;

    private MassCalls() {}

    static ObjectNode answer(String api, ObjectNode request, WecomAccount account, boolean shown) {
        synchronized (account) {
            return switch (api.substring(api.indexOf('/') + 1)) {
                case "add_msg_template" -> create(request, account, shown);
                case "remind_groupmsg_send" -> {
                    send(request, account).remind();
                    yield ok();
                }
                case "cancel_groupmsg_send" -> {
                    send(request, account).cancel();
                    yield ok();
                }
                case "get_groupmsg_task" -> tasks(request, send(request, account));
                case "get_groupmsg_send_result" -> results(request, account);
                default -> throw new CorpRefusal(CorpError.UNKNOWN_API);
            };
        }
    }

    private static MassSend send(ObjectNode request, WecomAccount account) {
        return account.sends().require(Json.text(request, "msgid"));
    }

    private static ObjectNode create(ObjectNode request, WecomAccount account, boolean shown) {
        var said = Bubble.withAttachments(request, account);
        var toGroups =
                switch (Json.text(request, "chat_type")) {
                    case "", "single" -> false;
                    case "group" -> true;
                    default -> throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
                };
        var sender = sender(request, account);
        var failed = new ArrayList<String>();
        var whom =
                toGroups
                        ? groups(
                                request,
                                account,
                                sender.orElseThrow(
                                        () -> new CorpRefusal(CorpError.INVALID_ARGUMENT)),
                                failed)
                        : customers(request, account, sender, failed);
        if (whom.isEmpty()) {
            throw new CorpRefusal(CorpError.NOBODY_TO_SEND);
        }
        var send = account.sends().create(toGroups, said, whom);
        if (shown) {
            send.ask("企业让你群发");
        }
        var answer = ok().put("msgid", send.id());
        failed.forEach(answer.putArray("fail_list")::add);
        return answer;
    }

    private static Optional<WecomMember> sender(ObjectNode request, WecomAccount account) {
        var userId = Json.text(request, "sender");
        return userId.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        account.findMember(userId)
                                .orElseThrow(() -> new CorpRefusal(CorpError.INVALID_USERID)));
    }

    /**
     * Without a list, all of the sender's. Without a sender, each customer by the first who has
     * them.
     */
    private static Map<WecomMember, List<String>> customers(
            ObjectNode request,
            WecomAccount account,
            Optional<WecomMember> sender,
            List<String> failed) {
        var ids = texts(request.path("external_userid"), MOST_CUSTOMERS);
        if (ids.isEmpty()) {
            var all = sender.orElseThrow(() -> new CorpRefusal(CorpError.INVALID_ARGUMENT));
            ids = account.customersOf(all).stream().map(WecomCustomer::id).toList();
        }
        var whom = new LinkedHashMap<WecomMember, List<String>>();
        for (var id : ids) {
            account.findCustomer(id)
                    .filter(one -> !account.sends().isFull(id))
                    .flatMap(
                            one ->
                                    one.ties().keySet().stream()
                                            .filter(
                                                    member ->
                                                            sender.isEmpty()
                                                                    || sender.get().equals(member))
                                            .findFirst())
                    .ifPresentOrElse(
                            member ->
                                    whom.computeIfAbsent(member, any -> new ArrayList<>()).add(id),
                            () -> failed.add(id));
        }
        return whom;
    }

    private static Map<WecomMember, List<String>> groups(
            ObjectNode request, WecomAccount account, WecomMember sender, List<String> failed) {
        var asked = texts(request.path("chat_id_list"), MOST_GROUPS);
        var own =
                account.groups().stream()
                        .filter(group -> group.owner().equals(sender))
                        .map(WecomGroup::id)
                        .filter(id -> !account.sends().isFull(id))
                        .toList();
        failed.addAll(asked.stream().filter(id -> !own.contains(id)).toList());
        var to = asked.isEmpty() ? own : asked.stream().filter(own::contains).toList();
        return to.isEmpty() ? Map.of() : Map.of(sender, to);
    }

    private static List<String> texts(JsonNode list, int most) {
        if (list.size() > most) {
            throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
        }
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asString("")));
        return texts.stream().distinct().toList();
    }

    private static ObjectNode tasks(ObjectNode request, MassSend send) {
        var tasks = new ArrayList<ObjectNode>();
        send.parts()
                .forEach(
                        (member, part) -> {
                            var task =
                                    Json.object()
                                            .put("userid", member.id())
                                            .put("status", part.sentAt().isPresent() ? 2 : 0);
                            part.sentAt()
                                    .ifPresent(at -> task.put("send_time", at.getEpochSecond()));
                            tasks.add(task);
                        });
        return page(request, "task_list", tasks);
    }

    private static ObjectNode results(ObjectNode request, WecomAccount account) {
        var send = send(request, account);
        var member =
                account.findMember(Json.text(request, "userid"))
                        .orElseThrow(() -> new CorpRefusal(CorpError.INVALID_USERID));
        var results = new ArrayList<ObjectNode>();
        Optional.ofNullable(send.parts().get(member))
                .map(Part::results)
                .orElse(Map.of())
                .forEach(
                        (recipient, result) -> {
                            var entry =
                                    Json.object()
                                            .put(
                                                    send.toGroups() ? "chat_id" : "external_userid",
                                                    recipient)
                                            .put("userid", member.id())
                                            .put("status", result.status());
                            result.at()
                                    .ifPresent(at -> entry.put("send_time", at.getEpochSecond()));
                            results.add(entry);
                        });
        return page(request, "send_list", results);
    }

    private static ObjectNode page(ObjectNode request, String field, List<ObjectNode> all) {
        int limit = request.path("limit").asInt(USUAL_ON_A_PAGE);
        var cursor = Json.text(request, "cursor");
        if (limit < 1 || limit > MOST_ON_A_PAGE || !cursor.matches("\\d{0,7}")) {
            throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
        }
        int from = Math.min(all.size(), cursor.isEmpty() ? 0 : Integer.parseInt(cursor));
        int to = Math.min(all.size(), from + limit);
        var answer = ok().put("next_cursor", to < all.size() ? Integer.toString(to) : "");
        all.subList(from, to).forEach(answer.putArray(field)::add);
        return answer;
    }

    private static ObjectNode ok() {
        return Json.object().put("errcode", 0).put("errmsg", "ok");
    }
}
