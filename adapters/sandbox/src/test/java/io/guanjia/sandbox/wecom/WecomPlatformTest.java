package io.guanjia.sandbox.wecom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneCustomer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class WecomPlatformTest {

    private final AppServer server = new AppServer();
    private final WecomCustomer lilei = server.account().meet("李雷");
    private final WecomMember xiaoli = server.xiaoli();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tellsOfANewCustomerAndTakesOneWelcome() {
        assertThat(does(lilei, "add", Map.of("state", "branch-7"))).isEqualTo("acknowledged");

        var added = server.heard();
        assertThat(added.text("FromUserName")).isEqualTo("sys");
        assertThat(added.text("Event")).isEqualTo("change_external_contact");
        assertThat(added.text("ChangeType")).isEqualTo("add_external_contact");
        assertThat(added.text("UserID")).isEqualTo("xiaoli");
        assertThat(added.text("ExternalUserID")).isEqualTo(lilei.id()).startsWith("wm");
        assertThat(added.text("State")).isEqualTo("branch-7");

        assertThat(code(server.welcomes(added.text("WelcomeCode"), "您好"))).isZero();
        assertThat(code(server.welcomes(added.text("WelcomeCode"), "您好"))).isEqualTo(41050);
        assertThat(lilei.reads()).containsExactly("您好");
    }

    @Test
    void takesNoWelcomeAfterTwentySecondsOrOnceTheyTalk() {
        does(lilei, "add", Map.of());
        var late = server.heard().text("WelcomeCode");
        server.sandbox.clock().shiftTo(Duration.ofSeconds(20));
        assertThat(code(server.welcomes(late, "您好"))).isEqualTo(41050);

        var hanmeimei = server.account().meet("韩梅梅");
        does(hanmeimei, "add", Map.of());
        var talking = server.heard().text("WelcomeCode");
        does(hanmeimei, "text", Map.of("text", "在吗"));
        assertThat(code(server.welcomes(talking, "您好"))).isEqualTo(41051);
        assertThat(hanmeimei.reads()).isEmpty();
    }

    @Test
    void keepsWhatCustomerAndMemberSayToThemselves() {
        does(lilei, "add", Map.of());
        var heard = server.callbacks.size();

        assertThat(does(lilei, "text", Map.of("text", "在吗"))).isEqualTo("private");

        assertThat(server.callbacks).hasSize(heard);
        assertThat(xiaoli.reads()).containsExactly("在吗");
    }

    @Test
    void tellsOfEveryChangeOfACustomer() {
        does(lilei, "add", Map.of("half", "true"));
        does(xiaoli, "remark", Map.of());
        does(xiaoli, "transfer-fail", Map.of());
        does(lilei, "unfriend", Map.of());
        does(xiaoli, "delete", Map.of());

        assertThat(changes())
                .containsExactly(
                        "add_half_external_contact",
                        "edit_external_contact",
                        "transfer_fail",
                        "del_follow_user",
                        "del_external_contact");
        assertThatThrownBy(() -> does(xiaoli, "delete", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsOfGroupsAndTags() {
        does(xiaoli, "group", Map.of());
        does(lilei, "join", Map.of());
        var joined = server.heard();
        does(lilei, "quit", Map.of());
        var left = server.heard();
        does(xiaoli, "rename", Map.of());
        does(xiaoli, "notice", Map.of());
        does(xiaoli, "owner", Map.of());
        does(server.account().member("xiaowang"), "dismiss", Map.of());
        for (var change : List.of("create", "update", "delete", "shuffle")) {
            does(xiaoli, "tag", Map.of("change", change));
        }

        assertThat(joined.text("UpdateDetail")).isEqualTo("add_member");
        assertThat(joined.text("CurMemVer")).isEqualTo(left.text("LastMemVer"));
        assertThat(left.text("UpdateDetail")).isEqualTo("del_member");
        assertThat(changes())
                .containsExactly(
                        "create", "update", "update", "update", "update", "update", "dismiss",
                        "create", "update", "delete", "shuffle");
    }

    @Test
    void listsCustomersAndGroups() {
        assertThat(code(server.get("externalcontact/list?userid=xiaoli" + token())))
                .isEqualTo(84061);
        does(lilei, "add", Map.of("state", "branch-7"));
        does(xiaoli, "group", Map.of("name", "理财群"));
        does(lilei, "join", Map.of());

        var all = server.get("externalcontact/list?userid=xiaoli" + token());
        assertThat(all.path("external_userid").path(0).asString()).isEqualTo(lilei.id());
        var one = server.get("externalcontact/get?external_userid=" + lilei.id() + token());
        assertThat(one.path("external_contact").path("name").asString()).isEqualTo("李雷");
        assertThat(one.path("follow_user").path(0).path("state").asString()).isEqualTo("branch-7");

        var group =
                server.post("externalcontact/groupchat/list", "{\"limit\": 10}")
                        .path("group_chat_list")
                        .path(0)
                        .path("chat_id")
                        .asString();
        var chat =
                server.post("externalcontact/groupchat/get", "{\"chat_id\": \"" + group + "\"}")
                        .path("group_chat");
        assertThat(chat.path("name").asString()).isEqualTo("理财群");
        assertThat(chat.path("member_list").path(1).path("userid").asString())
                .isEqualTo(lilei.id());
    }

    @Test
    void tellsMembersAndNamesThoseItDoesNotKnow() {
        var answer = server.tells("xiaoli|nobody", "李雷来了");

        assertThat(code(answer)).isZero();
        assertThat(answer.path("invaliduser").asString()).isEqualTo("nobody");
        assertThat(xiaoli.reads()).containsExactly("李雷来了");
        assertThat(code(server.tells("nobody", "在吗"))).isEqualTo(81013);
        assertThat(
                        code(
                                server.post(
                                        "message/send",
                                        "{\"touser\":\"xiaoli\",\"msgtype\":\"text\",\"agentid\":1,"
                                                + "\"text\":{\"content\":\"x\"}}")))
                .isEqualTo(301002);
    }

    @Test
    void tellsWhoWasHiredSince() {
        var xinlai = server.account().hire("xinlai");

        assertThat(code(server.tells("xinlai", "欢迎"))).isZero();
        assertThat(xinlai.reads()).containsExactly("欢迎");
        assertThat(server.account().hire("xinlai")).isSameAs(xinlai);
        assertThat(server.account().hire("xiaoli")).isSameAs(xiaoli);
    }

    @Test
    void dropsWhatAMemberIsToldBeyondThirtyAMinute() {
        IntStream.range(0, 31).forEach(i -> server.tells("xiaoli", "第" + i + "条"));

        assertThat(xiaoli.reads()).hasSize(30);
        server.sandbox.clock().shiftTo(Duration.ofMinutes(1));
        server.tells("xiaoli", "又一条");
        assertThat(xiaoli.reads()).hasSize(31);
    }

    @Test
    void hearsMembers() {
        does(xiaoli, "text", Map.of("text", "今天谁值班"));
        var said = server.heard();
        assertThat(said.text("FromUserName")).isEqualTo("xiaoli");
        assertThat(said.text("Content")).isEqualTo("今天谁值班");
        assertThat(said.text("AgentID")).isEqualTo(AppServer.AGENT);
        assertThat(said.text("MsgId")).isNotEmpty();

        does(xiaoli, "enter", Map.of());
        assertThat(server.heard().text("Event")).isEqualTo("enter_agent");
        does(xiaoli, "image", Map.of());
        assertThat(server.heard().text("MediaId")).isNotEmpty();
    }

    @Test
    void sendsToCustomersOnlyWhenTheMemberConfirms() {
        var hanmeimei = server.account().meet("韩梅梅");
        does(lilei, "add", Map.of());
        does(hanmeimei, "add", Map.of());
        var asked =
                server.asks(
                        "\"external_userid\": [\"%s\", \"%s\", \"wmNOBODY\"], \"sender\": \"xiaoli\""
                                .formatted(lilei.id(), hanmeimei.id()));
        var msgid = asked.path("msgid").asString();
        assertThat(asked.path("fail_list").path(0).asString()).isEqualTo("wmNOBODY");
        assertThat(statuses(msgid)).containsExactly(0, 0);
        assertThat(lilei.reads()).isEmpty();
        assertThat(task(msgid).path("status").asInt()).isZero();

        does(hanmeimei, "unfriend", Map.of());
        does(xiaoli, "choose", Map.of("id", "send:" + msgid));

        assertThat(lilei.reads()).containsExactly("春季理财上新");
        assertThat(statuses(msgid)).containsExactly(1, 2);
        assertThat(task(msgid).path("status").asInt()).isEqualTo(2);
        assertThatThrownBy(() -> does(xiaoli, "choose", Map.of("id", "send:" + msgid)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendsEachCustomerAsManyAMonthAsItHasDays() {
        does(lilei, "add", Map.of());
        var to = "\"external_userid\": [\"" + lilei.id() + "\"]";
        var last = "";
        for (int i = 0; i < 32; i++) {
            last = server.asks(to).path("msgid").asString();
        }
        does(xiaoli, "send", Map.of());

        assertThat(lilei.reads()).hasSizeBetween(28, 31);
        assertThat(statuses(last)).containsExactly(3);
        assertThat(code(server.asks(to))).isEqualTo(41048);
    }

    @Test
    void sendsToGroups() {
        does(xiaoli, "group", Map.of());
        does(lilei, "join", Map.of());
        var asked =
                server.post(
                        "externalcontact/add_msg_template",
                        """
                        {"chat_type": "group", "sender": "xiaoli", "attachments": [{"msgtype": "link",
                         "link": {"title": "春季理财", "url": "https://bank.example/spring"}}]}
                        """);
        does(xiaoli, "send", Map.of());

        assertThat(lilei.reads()).containsExactly("春季理财");
        var result = server.results(asked.path("msgid").asString()).path("send_list").path(0);
        assertThat(result.path("chat_id").asString()).startsWith("wr");
        assertThat(result.path("status").asInt()).isEqualTo(1);
    }

    @Test
    void remindsThreeTimesADayAndStops() {
        does(lilei, "add", Map.of());
        var msgid = server.asks("\"sender\": \"xiaoli\"").path("msgid").asString();
        var body = "{\"msgid\": \"" + msgid + "\"}";
        for (int i = 0; i < 3; i++) {
            assertThat(code(server.post("externalcontact/remind_groupmsg_send", body))).isZero();
        }
        assertThat(code(server.post("externalcontact/remind_groupmsg_send", body)))
                .isEqualTo(45009);

        assertThat(code(server.post("externalcontact/cancel_groupmsg_send", body))).isZero();
        does(xiaoli, "send", Map.of());
        assertThat(lilei.reads()).isEmpty();
        assertThat(statuses(msgid)).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource({"'', 41046", "msgOfSomebodyElse, 41047"})
    void refusesAnIdThatIsOfNoSend(String msgid, int refusal) {
        var body = "{\"msgid\": \"" + msgid + "\"}";

        assertThat(code(server.post("externalcontact/get_groupmsg_task", body))).isEqualTo(refusal);
        assertThat(code(server.post("externalcontact/cancel_groupmsg_send", body)))
                .isEqualTo(refusal);
    }

    @Test
    void refusesAttachmentsThatThePlatformDoesNotTake() {
        does(lilei, "add", Map.of());
        var link =
                """
                {"msgtype": "link", "link": {"title": "春季理财", "url": "https://bank.example/spring"}}
                """;
        var ten = String.join(",", Collections.nCopies(10, link));

        assertThat(code(server.asks("\"sender\": \"xiaoli\", \"attachments\": [" + ten + "]")))
                .isEqualTo(41064);
        assertThat(
                        code(
                                server.asks(
                                        "\"sender\": \"xiaoli\","
                                                + " \"attachments\": [{\"msgtype\": \"voice\"}]")))
                .isEqualTo(41065);
    }

    @Test
    void failsAsItIsTold() {
        server.account().faults().add(Fault.next(1, "message/send", new Effect.ErrorCode(-1)));
        assertThat(code(server.tells("xiaoli", "在吗"))).isEqualTo(-1);

        server.account().faults().add(Fault.next(1, Fault.CALLBACKS, new Effect.Lose()));
        assertThat(does(lilei, "add", Map.of())).isEqualTo("lost");
        assertThat(server.callbacks).isEmpty();
    }

    @Test
    void takesNoMoreCallsThanItIsToldInAMinuteAndAtOnce() {
        server.control("PUT", "/quotas", "{\"api\":\"message/send\",\"limit\":0}");
        assertThat(code(server.tells("xiaoli", "一"))).isEqualTo(45009);
        assertThat(code(server.get("externalcontact/get_follow_user_list?" + token()))).isZero();
        server.control("PUT", "/quotas", "{\"api\":\"message/send\",\"limit\":100}");
        assertThat(code(server.tells("xiaoli", "二"))).isZero();

        server.control("PUT", "/at-once", "{\"api\":\"message/send\",\"most\":0}");
        assertThat(code(server.tells("xiaoli", "三"))).isEqualTo(45033);
        server.control("PUT", "/at-once", "{\"api\":\"message/send\",\"most\":1}");
        assertThat(code(server.tells("xiaoli", "四"))).isZero();
        assertThat(code(server.tells("xiaoli", "五"))).isZero();

        assertThat(server.xiaoli().reads()).containsExactly("二", "四", "五");
        assertThat(server.account().calls().all())
                .filteredOn(call -> call.api().equals("message/send"))
                .extracting(CorpCall::code)
                .containsExactly(45009, 0, 45033, 0, 0);
        assertThat(server.control("GET", "/quotas", "").path("*").path("limit").asInt(0))
                .isEqualTo(10_000);
    }

    @Test
    void checksTheCallbackAddress() {
        assertThat(server.account().verify().toCompletableFuture().join()).isTrue();
    }

    @Test
    void knowsAPersonByTheIdThatTheServiceAccountsHave() {
        assertThat(lilei.id()).isEqualTo(KfAccount.externalUserId(CalledServer.CORP, "李雷"));
    }

    private String token() {
        return "&access_token=" + server.token();
    }

    private List<String> changes() {
        return server.callbacks.stream().map(one -> one.text("ChangeType")).toList();
    }

    private JsonNode task(String msgid) {
        return server.post("externalcontact/get_groupmsg_task", "{\"msgid\": \"" + msgid + "\"}")
                .path("task_list")
                .path(0);
    }

    private List<Integer> statuses(String msgid) {
        return server.results(msgid)
                .path("send_list")
                .valueStream()
                .map(one -> one.path("status").asInt())
                .toList();
    }

    private static String does(PhoneCustomer who, String what, Map<String, String> how) {
        return who.does(what, how).toCompletableFuture().join();
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt();
    }
}
