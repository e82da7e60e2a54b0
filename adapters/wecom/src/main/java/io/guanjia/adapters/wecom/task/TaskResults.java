package io.guanjia.adapters.wecom.task;

import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.task.Outcome.State;
import io.guanjia.adapters.wecom.task.TaskStore.Due;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Asks the platform once what became of a task, with a bounded number of calls. Source: 企业微信开发者中心,
 * 获取企业的全部群发记录 (93338): get_groupmsg_task and get_groupmsg_send_result.
 */
final class TaskResults {

    private static final String TASKS = "externalcontact/get_groupmsg_task";
    private static final String RESULTS = "externalcontact/get_groupmsg_send_result";

    private static final int ON_A_PAGE = 1000;

    /** More pages than 10,000 customers need. */
    private static final int MOST_PAGES = 20;

    /** What is left is asked for next time. */
    private static final int MOST_MEMBERS = 20;

    private static final int CONFIRMED = 2;

    private TaskResults() {}

    /**
     * What a task has come to.
     *
     * @param done members all of whose results are in, also from earlier
     * @param complete whether that is all members, so that nothing more will come
     */
    record Standing(List<Outcome> outcomes, Set<String> done, boolean complete) {}

    static Mono<Standing> of(CorpApi api, Due task) {
        return pages(api, TASKS, "task_list", task.msgid(), "")
                .collectList()
                .flatMap(
                        members -> {
                            var news =
                                    members.stream()
                                            .filter(one -> one.path("status").asInt() == CONFIRMED)
                                            .map(one -> one.path("userid").asString(""))
                                            .filter(id -> !task.done().contains(id))
                                            .limit(MOST_MEMBERS)
                                            .toList();
                            return Flux.fromIterable(news)
                                    .concatMap(member -> of(api, task, member))
                                    .collectList()
                                    .map(all -> standing(task, members, all));
                        });
    }

    private record Part(String member, List<Outcome> outcomes) {

        /** The platform may still be at it. */
        boolean isDone() {
            return outcomes.stream().noneMatch(one -> one.state() == State.OPEN);
        }
    }

    private static Mono<Part> of(CorpApi api, Due task, String member) {
        return pages(api, RESULTS, "send_list", task.msgid(), member)
                .map(one -> outcome(one, task.toGroups(), member))
                .collectList()
                .map(all -> new Part(member, all));
    }

    private static Standing standing(Due task, List<JsonNode> members, List<Part> news) {
        var done = new HashSet<>(task.done());
        var outcomes = new LinkedHashMap<String, Outcome>();
        for (var part : news) {
            if (part.isDone()) {
                done.add(part.member);
            }
            part.outcomes.stream()
                    .filter(one -> one.state() != State.OPEN)
                    .forEach(one -> outcomes.merge(one.recipient(), one, TaskResults::better));
        }
        var complete =
                !members.isEmpty()
                        && members.stream()
                                .allMatch(one -> done.contains(one.path("userid").asString("")));
        return new Standing(List.copyOf(outcomes.values()), Set.copyOf(done), complete);
    }

    /** Where two members were asked, one of them may have been luckier. */
    private static Outcome better(Outcome one, Outcome other) {
        return one.state() == State.SENT ? one : other;
    }

    private static Outcome outcome(JsonNode entry, boolean toGroups, String member) {
        var recipient = entry.path(toGroups ? "chat_id" : "external_userid").asString("");
        return switch (entry.path("status").asInt()) {
            case 1 ->
                    new Outcome(
                            recipient,
                            State.SENT,
                            null,
                            member,
                            Instant.ofEpochSecond(entry.path("send_time").asLong()));
            case 2 -> new Outcome(recipient, State.FAILED, Outcome.NO_FRIEND, member, null);
            case 3 -> new Outcome(recipient, State.FAILED, Outcome.HAD_OTHERS, member, null);
            default -> new Outcome(recipient, State.OPEN, null, member, null);
        };
    }

    private static Flux<JsonNode> pages(
            CorpApi api, String path, String list, String msgid, String member) {
        return page(api, path, msgid, member, "")
                .expand(
                        answer -> {
                            var next = answer.path("next_cursor").asString("");
                            return next.isEmpty()
                                    ? Mono.empty()
                                    : page(api, path, msgid, member, next);
                        })
                .take(MOST_PAGES)
                .concatMapIterable(answer -> answer.path(list));
    }

    private static Mono<JsonNode> page(
            CorpApi api, String path, String msgid, String member, String cursor) {
        var request = SendTasks.named(msgid).put("limit", ON_A_PAGE).put("cursor", cursor);
        if (!member.isEmpty()) {
            request.put("userid", member);
        }
        return api.post(path, request.toString());
    }
}
