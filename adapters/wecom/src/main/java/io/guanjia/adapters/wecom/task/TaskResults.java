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
import java.util.stream.Stream;

/**
 * Asks the platform who has confirmed a task, and what became of each one's part. Source:
 * 企业微信开发者中心, 获取企业的全部群发记录 (93338): get_groupmsg_task and get_groupmsg_send_result.
 */
final class TaskResults {

    private static final String TASKS = "externalcontact/get_groupmsg_task";
    private static final String RESULTS = "externalcontact/get_groupmsg_send_result";

    private static final int ON_A_PAGE = 1000;

    /** More pages than 10,000 customers need. */
    private static final int MOST_PAGES = 20;

    private static final int CONFIRMED = 2;

    private TaskResults() {}

    /** Who has a part in a task, and who of them has confirmed it. */
    record Members(List<String> all, List<String> confirmed) {

        /** Whoever has confirmed and of whose results some are not in. */
        List<String> toAsk(Set<String> done) {
            return confirmed.stream().filter(one -> !done.contains(one)).toList();
        }

        /** Whether all results of all are in, so that nothing more will come. */
        boolean areAllDone(Set<String> done) {
            return !all.isEmpty() && done.containsAll(all);
        }
    }

    static Mono<Members> members(CorpApi api, Due task) {
        return pages(api, TASKS, "task_list", task.msgid(), "")
                .collectList()
                .map(
                        all ->
                                new Members(
                                        ids(all.stream()),
                                        ids(all.stream().filter(TaskResults::hasConfirmed))));
    }

    private static boolean hasConfirmed(JsonNode member) {
        return member.path("status").asInt() == CONFIRMED;
    }

    private static List<String> ids(Stream<JsonNode> members) {
        return members.map(one -> one.path("userid").asString("")).distinct().toList();
    }

    /**
     * What became of some members' parts.
     *
     * @param done members all of whose results are in, also from earlier
     */
    record Heard(List<Outcome> outcomes, Set<String> done) {}

    static Mono<Heard> of(CorpApi api, Due task, List<String> members) {
        return Flux.fromIterable(members)
                .concatMap(member -> of(api, task, member))
                .collectList()
                .map(parts -> heard(task, parts));
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

    private static Heard heard(Due task, List<Part> parts) {
        var done = new HashSet<>(task.done());
        var outcomes = new LinkedHashMap<String, Outcome>();
        for (var part : parts) {
            if (part.isDone()) {
                done.add(part.member);
            }
            part.outcomes.stream()
                    .filter(one -> one.state() != State.OPEN)
                    .forEach(one -> outcomes.merge(one.recipient(), one, TaskResults::better));
        }
        return new Heard(List.copyOf(outcomes.values()), Set.copyOf(done));
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
