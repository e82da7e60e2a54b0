package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.adapters.wecom.task.Outcome;
import io.guanjia.adapters.wecom.task.Outcome.State;
import io.guanjia.adapters.wecom.task.SendTask;
import io.guanjia.adapters.wecom.task.SendTask.Audience;
import io.guanjia.adapters.wecom.task.SendTasks;
import io.guanjia.adapters.wecom.task.TaskPolls;
import io.guanjia.adapters.wecom.task.TaskStore;
import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.SharedQuotas;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.wecom.WecomAccount;
import io.guanjia.sandbox.wecom.WecomCustomer;
import io.guanjia.sandbox.wecom.WecomMember;
import io.guanjia.sandbox.wecom.WecomPlatform;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Members are asked to send something, over the platform's stand-in and with a real database. */
class SendTasksTest {

    private static final Map<String, Object> SPRING =
            Map.of("text", Map.of("content", "春季理财上新"), "sender", "xiaoli");

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    private final WecomPlatform platform = sandbox.platform(WecomPlatform.class);
    private final TaskStore store =
            TaskStore.in(
                    TaskDatabase.SHARED.client, TaskDatabase.SHARED.transactions, sandbox.clock());
    private final WecomChannel channel =
            new WecomChannel(
                    App.settings(sandbox.address() + "/wecom").accounts(),
                    new MemoryTokens(),
                    new SampleFiles(),
                    new App.Codes(sandbox.clock()),
                    SharedQuotas.ofOneNode(sandbox.clock()),
                    store,
                    sandbox.clock());
    private final List<Inbound> journal = new CopyOnWriteArrayList<>();
    private final WecomAccount account;
    private final WecomMember xiaoli;
    private final WecomCustomer lilei;
    private final WecomCustomer hanmeimei;

    SendTasksTest() {
        platform.open(
                "demo",
                Map.of(
                        "corp-id", App.CORP,
                        "secret", App.SECRET,
                        "agent-id", "1000002",
                        "token", App.TOKEN,
                        "aes-key", App.AES_KEY),
                URI.create("http://127.0.0.1:1/"));
        account = platform.require("demo");
        account.faults().add(Fault.always(Fault.CALLBACKS, new Effect.Lose()));
        xiaoli = account.member("xiaoli");
        lilei = customer("李雷");
        hanmeimei = customer("韩梅梅");
    }

    @BeforeEach
    void empty() {
        TaskDatabase.SHARED.client.sql("delete from wecom_send_task").then().block(App.PATIENCE);
    }

    @AfterEach
    void end() {
        channel.close();
        sandbox.close();
    }

    @Test
    void reachesACustomerOnlyOnceTheMemberHasConfirmed() {
        var msgid = deliver("d-1", lilei.id(), SPRING);
        later(Duration.ofMinutes(2));

        assertThat(lilei.reads()).isEmpty();
        assertThat(states(msgid)).containsExactly(State.OPEN);
        assertThat(journal).isEmpty();

        does(xiaoli, "send");
        later(Duration.ofHours(1));

        assertThat(lilei.reads()).containsExactly("春季理财上新");
        assertThat(outcomes(msgid))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.state()).isEqualTo(State.SENT);
                            assertThat(one.member()).isEqualTo("xiaoli");
                            assertThat(one.at()).isNotNull();
                        });
        assertThat(receipt().outcome()).isEqualTo(Receipt.Outcome.DELIVERED);
        assertThat(receipt().platformId()).isEqualTo(msgid);
        assertThat(receipt().from()).isEqualTo(new Address("wecom", "demo", lilei.id()));
    }

    @Test
    void saysOfEachRecipientWhatBecameOfIt() {
        var msgid = create("c-1", customers("xiaoli", lilei.id(), hanmeimei.id(), "wmNOBODY"));
        does(hanmeimei, "unfriend");
        does(xiaoli, "send");
        later(Duration.ofMinutes(2));

        assertThat(outcomes(msgid))
                .extracting(Outcome::recipient, Outcome::state, Outcome::reason)
                .containsExactlyInAnyOrder(
                        tuple(lilei.id(), State.SENT, null),
                        tuple(hanmeimei.id(), State.FAILED, "not a friend any more"),
                        tuple(
                                "wmNOBODY",
                                State.FAILED,
                                "no customer or group to whom this can be sent"));
        assertThat(journal).as("no delivery waits for it").isEmpty();
    }

    @Test
    void tellsADeliveryThatNobodyGotIt() {
        deliver("d-2", lilei.id(), SPRING);
        does(lilei, "unfriend");
        does(xiaoli, "send");
        later(Duration.ofMinutes(2));

        assertThat(receipt().outcome()).isEqualTo(Receipt.Outcome.FAILED);
        assertThat(receipt().reason()).isEqualTo("not a friend any more");
    }

    @Test
    void endsWhatNobodyConfirmsAndKeepsItFromGoingOutLater() {
        var msgid = deliver("d-3", lilei.id(), SPRING);
        later(Duration.ofDays(7));

        assertThat(states(msgid)).containsExactly(State.EXPIRED);
        assertThat(receipt().reason()).isEqualTo("the member did not confirm it in time");
        does(xiaoli, "send");
        assertThat(lilei.reads()).isEmpty();
    }

    @Test
    void remindsAndStops() {
        var msgid = create("c-2", customers("xiaoli", lilei.id()));
        var asked = xiaoli.reads().size();

        channel.tasks().remind("demo", msgid).block(App.PATIENCE);
        assertThat(xiaoli.reads()).hasSize(asked + 1);

        channel.tasks().cancel("demo", msgid).block(App.PATIENCE);
        later(Duration.ofSeconds(1));
        assertThat(outcomes(msgid))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.state()).isEqualTo(State.EXPIRED);
                            assertThat(one.reason()).isEqualTo("the corporation has stopped it");
                        });
    }

    @Test
    void makesOneTaskHoweverOftenItIsAsked() {
        var first = deliver("d-4", lilei.id(), SPRING);
        var second = deliver("d-4", lilei.id(), SPRING);

        assertThat(second).isEqualTo(first);
        assertThat(calls("externalcontact/add_msg_template")).isEqualTo(1);
    }

    @Test
    void triesAgainWhatThePlatformCertainlyDidNotTake() {
        account.faults()
                .add(Fault.next(1, "externalcontact/add_msg_template", new Effect.ErrorCode(-1)));
        assertThatThrownBy(() -> deliver("d-5", lilei.id(), SPRING))
                .isInstanceOf(Unavailable.class);

        assertThat(deliver("d-5", lilei.id(), SPRING)).isNotEmpty();
    }

    @Test
    void doesNotAskAgainWhereTheAnswerWasLost() {
        account.faults()
                .add(Fault.next(1, "externalcontact/add_msg_template", new Effect.Close(true)));
        assertThatThrownBy(() -> deliver("d-6", lilei.id(), SPRING))
                .isInstanceOf(OutcomeUnknown.class);

        assertThatThrownBy(() -> deliver("d-6", lilei.id(), SPRING))
                .isInstanceOf(OutcomeUnknown.class);
        assertThat(calls("externalcontact/add_msg_template")).isEqualTo(1);
    }

    @Test
    void sendsToAGroupByItsOwner() {
        does(xiaoli, "group");
        does(lilei, "join");
        var group = joined();

        var msgid = deliver("d-7", group, Map.of("text", Map.of("content", "今晚八点直播")));
        does(xiaoli, "send");
        later(Duration.ofMinutes(2));

        assertThat(lilei.reads()).containsExactly("今晚八点直播");
        assertThat(outcomes(msgid)).extracting(Outcome::recipient).containsExactly(group);
        assertThat(receipt().outcome()).isEqualTo(Receipt.Outcome.DELIVERED);
    }

    @Test
    void whatAPersonSaysToACustomerOrAGroupIsForAMemberToSend() {
        does(xiaoli, "group");
        does(lilei, "join");

        says("d-10", lilei.id(), Author.agent("xiaoli"), new Content.Text("账单已出"));
        says("d-11", joined(), Author.system("billing"), new Content.Image(SampleFiles.IMAGE));
        assertThat(lilei.reads()).isEmpty();
        does(xiaoli, "send");

        assertThat(lilei.reads()).contains("账单已出");
        assertThat(lilei.chat()).anyMatch(line -> line.kind().equals("image"));
        later(Duration.ofMinutes(2));
        assertThat(journal)
                .extracting(each -> ((Receipt) each).outcome())
                .containsOnly(Receipt.Outcome.DELIVERED)
                .hasSize(2);
    }

    @Test
    void whatMembersAreToSendKeepsThePaceOfTasks() {
        var words = new Content.Text("账单已出");
        var agent = Author.agent("xiaoli");

        assertThat(way(lilei.id(), agent, words)).isEqualTo(SendTasks.LABEL);
        assertThat(way(lilei.id(), Author.system("crm"), words)).isEqualTo(SendTasks.LABEL);
        assertThat(way(lilei.id(), Author.BOT, words)).isEqualTo(AppSending.LABEL);
        assertThat(way("xiaoli", agent, words)).isEqualTo(AppSending.LABEL);
    }

    private String way(String party, Author author, Content content) {
        var to = new Address("wecom", "demo", party);
        return channel.route(new OutboundMessage("1", to, author, content)).api();
    }

    @Test
    void whatNobodySaysIsNoReasonToAskAMember() {
        for (var author : List.of(Author.BOT, Author.SYSTEM)) {
            assertThatThrownBy(() -> says("d-12", lilei.id(), author, new Content.Text("还在吗")))
                    .isInstanceOf(WindowClosed.class);
        }
        assertThat(calls("externalcontact/add_msg_template")).isZero();
    }

    @Test
    void carriesWordsAndAttachments() {
        create(
                "c-3",
                customers("xiaoli", lilei.id()),
                new Content.Text("春季理财上新"),
                new Content.Image(SampleFiles.IMAGE),
                new Content.Link("产品说明", null, "https://bank.example/p", null),
                new Content.File(SampleFiles.FILE, "费率.pdf", 64L),
                new Content.MiniProgram("去购买", "wx1", "pages/buy", SampleFiles.IMAGE));
        does(xiaoli, "send");

        assertThat(lilei.chat().stream().filter(line -> !line.mine()).map(line -> line.kind()))
                .containsExactly("text", "image", "card", "file", "card");
    }

    @Test
    void refusesWhatCannotBeSentSo() {
        assertThatThrownBy(() -> deliver("d-8", "xiaoli", SPRING)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> deliver("d-9", "wmNOBODY000000000000000000000001", SPRING))
                .isInstanceOf(Unreachable.class);
        var tooMany = IntStream.range(0, 10_001).mapToObj(i -> "wm" + i).toList();
        assertThatThrownBy(() -> new Audience.Customers(null, tooMany))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAllPagesOfAThousandResultsEach() {
        var many = IntStream.range(0, 1_001).mapToObj(i -> customer("客户" + i).id()).toList();
        var msgid = create("c-4", new Audience.Customers("xiaoli", many));
        does(xiaoli, "send");
        later(Duration.ofMinutes(2));

        assertThat(states(msgid)).hasSize(1_001).containsOnly(State.SENT);
        assertThat(calls("externalcontact/get_groupmsg_send_result")).isEqualTo(2);
    }

    @Test
    void asksEverMoreSeldomAndOneNodeAtATime() {
        create("c-5", customers("xiaoli", lilei.id()));
        for (int minute = 0; minute < 60; minute++) {
            sandbox.clock().advance(Duration.ofMinutes(1));
            Flux.range(0, 3).flatMap(node -> polls().round()).then().block(App.PATIENCE);
        }

        assertThat(calls("externalcontact/get_groupmsg_task")).isBetween(4L, 7L);
    }

    @Test
    void goesOnAfterTheNodeThatWasAskingDied() {
        var msgid = create("c-6", customers("xiaoli", lilei.id()));
        does(xiaoli, "send");
        sandbox.clock().advance(Duration.ofMinutes(2));
        assertThat(store.claim("demo", Duration.ofMinutes(3)).block(App.PATIENCE)).isNotNull();

        polls().round().block(App.PATIENCE);
        assertThat(states(msgid)).containsExactly(State.OPEN);

        later(Duration.ofMinutes(3));
        assertThat(states(msgid)).containsExactly(State.SENT);
    }

    @Test
    void waitsForAPlatformThatDoesNotAnswer() {
        var msgid = create("c-7", customers("xiaoli", lilei.id()));
        does(xiaoli, "send");
        account.faults()
                .add(Fault.next(1, "externalcontact/get_groupmsg_task", new Effect.Status(500)));
        later(Duration.ofMinutes(2));
        assertThat(states(msgid)).containsExactly(State.OPEN);

        later(Duration.ofMinutes(20));
        assertThat(states(msgid)).containsExactly(State.SENT);
    }

    private WecomCustomer customer(String name) {
        var customer = account.meet(name);
        does(customer, "add");
        return customer;
    }

    private static Audience customers(String sender, String... ids) {
        return new Audience.Customers(sender, List.of(ids));
    }

    private String create(String key, Audience audience, Content... said) {
        var content = said.length == 0 ? List.of(new Content.Text("春季理财上新")) : List.of(said);
        return Objects.requireNonNull(
                channel.tasks()
                        .create(new SendTask(key, "demo", audience, List.copyOf(content)))
                        .block(App.PATIENCE));
    }

    private String deliver(String id, String party, Map<String, Object> fields) {
        return says(id, party, Author.SYSTEM, new Content.Native("add_msg_template", fields));
    }

    private String says(String id, String party, Author author, Content content) {
        var message = new OutboundMessage(id, new Address("wecom", "demo", party), author, content);
        return Objects.requireNonNull(channel.deliver(message).block(App.PATIENCE)).platformId();
    }

    private TaskPolls polls() {
        return new TaskPolls(channel, store, this::take, "wecom", sandbox.clock());
    }

    private Mono<Void> take(List<? extends Inbound> inbound) {
        return Mono.fromRunnable(() -> journal.addAll(inbound));
    }

    private void later(Duration time) {
        sandbox.clock().advance(time);
        polls().round().block(App.PATIENCE);
    }

    private Receipt receipt() {
        assertThat(journal).hasSize(1);
        return (Receipt) journal.getFirst();
    }

    private List<Outcome> outcomes(String msgid) {
        return Objects.requireNonNull(
                channel.tasks().outcomes("demo", msgid).collectList().block(App.PATIENCE));
    }

    private List<State> states(String msgid) {
        return outcomes(msgid).stream().map(Outcome::state).toList();
    }

    private long calls(String api) {
        return account.calls().all().stream().filter(call -> call.api().equals(api)).count();
    }

    private String joined() {
        var list = account.groupIds();
        assertThat(list).hasSize(1);
        return list.getFirst();
    }

    private static void does(PhoneCustomer who, String what) {
        who.does(what, Map.of()).toCompletableFuture().join();
    }
}
