package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.adapters.wecom.task.Outcome;
import io.guanjia.adapters.wecom.task.Outcome.State;
import io.guanjia.adapters.wecom.task.SendTask;
import io.guanjia.adapters.wecom.task.SendTask.Audience;
import io.guanjia.adapters.wecom.task.TaskPolls;
import io.guanjia.adapters.wecom.task.TaskStore;
import io.guanjia.contract.Fixtures;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Understands what other projects have from the platform about messages that members are asked to
 * send, where the property {@code guanjia.fixtures} names it.
 */
class TaskConformanceTest {

    private static final String ADD = "/cgi-bin/externalcontact/add_msg_template";
    private static final String TASKS = "/cgi-bin/externalcontact/get_groupmsg_task";
    private static final String RESULTS = "/cgi-bin/externalcontact/get_groupmsg_send_result";
    private static final String GROUP = "/cgi-bin/externalcontact/groupchat/get";

    private static final Content WORDS = new Content.Text("春季理财上新");

    private final App app = new App(tasks(App.NOW));

    private static TaskStore tasks(Instant now) {
        return TaskStore.in(
                TaskDatabase.SHARED.client,
                TaskDatabase.SHARED.transactions,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    @BeforeEach
    void empty() {
        TaskDatabase.SHARED.client.sql("delete from wecom_send_task").then().block(App.PATIENCE);
    }

    @AfterEach
    void end() {
        app.close();
    }

    @Test
    void understandsWhomATaskCannotReach() throws IOException {
        var files = Fixtures.files("wechatpy/fixtures/work/externalcontact_add_msg_template.json");
        for (var file : files) {
            var answer = Fixtures.json(file);
            var failed = answer.at("/fail_list/0").asString();
            app.platform.answer(ADD, answer.toString());

            var msgid = create("zhangsan", List.of(failed, App.CUSTOMER));

            assertThat(msgid).isEqualTo(answer.get("msgid").asString());
            assertThat(outcomes(msgid))
                    .extracting(Outcome::recipient, Outcome::state)
                    .containsExactlyInAnyOrder(
                            tuple(failed, State.FAILED), tuple(App.CUSTOMER, State.OPEN));
        }
        System.out.printf("conformance: %d 企业微信 answers to tasks understood%n", files.size());
        assertThat(files).hasSize(Fixtures.least(1));
    }

    @Test
    void understandsWhatBecameOfATask() throws IOException {
        var results =
                answered("wechatpy/fixtures/work/externalcontact_get_group_msg_result.json")
                        + answered("wxjava/WxCpGroupMsgResultTest");
        System.out.printf("conformance: %d 企业微信 results of tasks understood%n", results);
        assertThat(results).isGreaterThanOrEqualTo(Fixtures.least(2));
    }

    /**
     * Both are from before the API had its present name, 获取企业群发成员执行结果, and the list its own; the
     * entries are the same.
     */
    private int answered(String path) throws IOException {
        int results = 0;
        for (var file : Fixtures.files(path)) {
            var entries = Fixtures.json(file).get("detail_list");
            for (var entry : entries) {
                var id = entry.get("external_userid").asString();
                var member = entry.get("userid").asString();
                var task = UUID.randomUUID().toString();
                app.platform.answer(ADD, ok().put("msgid", task).toString());
                var msgid = create(member, List.of(id));
                var asked = ok();
                asked.putArray("task_list").addObject().put("userid", member).put("status", 2);
                app.platform.answer(TASKS, asked.toString());
                app.platform.answer(RESULTS, ok().set("send_list", entries).toString());

                lookAnHourLater();

                assertThat(outcomes(msgid))
                        .as(file.toString())
                        .extracting(
                                Outcome::recipient, Outcome::state, Outcome::member, Outcome::at)
                        .containsExactly(
                                tuple(
                                        id,
                                        state(entry),
                                        member,
                                        Instant.ofEpochSecond(entry.get("send_time").asLong())));
                results++;
            }
        }
        return results;
    }

    private static State state(JsonNode entry) {
        return entry.get("status").asInt() == 1 ? State.SENT : State.FAILED;
    }

    @Test
    void findsTheOwnerOfAGroup() throws IOException {
        var files = Fixtures.files("wechatpy/fixtures/work/externalcontact_groupchat_get.json");
        for (var file : files) {
            var group = Fixtures.json(file).get("group_chat");
            app.platform.answer(GROUP, Fixtures.json(file).toString());
            app.platform.answer(ADD, ok().put("msgid", "TASK-OF-A-GROUP").toString());

            app.channel
                    .deliver(
                            new OutboundMessage(
                                    UUID.randomUUID().toString(),
                                    new Address("wecom", "demo", group.get("chat_id").asString()),
                                    Author.SYSTEM,
                                    new Content.Native(
                                            "add_msg_template",
                                            Map.of("text", Map.of("content", "今晚八点直播")))))
                    .block(App.PATIENCE);

            assertThat(app.platform.requests(ADD).getFirst().json().get("sender"))
                    .isEqualTo(group.get("owner"));
        }
        System.out.printf("conformance: %d 企业微信 groups understood%n", files.size());
        assertThat(files).hasSize(Fixtures.least(1));
    }

    private static ObjectNode ok() {
        return JsonMapper.shared().createObjectNode().put("errcode", 0).put("errmsg", "ok");
    }

    private String create(String sender, List<String> customers) {
        var task =
                new SendTask(
                        UUID.randomUUID().toString(),
                        "demo",
                        new Audience.Customers(sender, customers),
                        List.of(WORDS));
        return Objects.requireNonNull(app.channel.tasks().create(task).block(App.PATIENCE));
    }

    private void lookAnHourLater() {
        var later = App.NOW.plus(Duration.ofHours(1));
        new TaskPolls(
                        app.channel,
                        tasks(later),
                        inbound -> Mono.empty(),
                        "wecom",
                        Clock.fixed(later, ZoneOffset.UTC))
                .round()
                .block(App.PATIENCE);
    }

    private List<Outcome> outcomes(String msgid) {
        return Objects.requireNonNull(
                app.channel.tasks().outcomes("demo", msgid).collectList().block(App.PATIENCE));
    }
}
