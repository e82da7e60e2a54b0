package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.adapters.wecom.task.Outcome;
import io.guanjia.adapters.wecom.task.Outcome.State;
import io.guanjia.adapters.wecom.task.SendTask;
import io.guanjia.adapters.wecom.task.SendTask.Audience;
import io.guanjia.adapters.wecom.task.TaskPolls;
import io.guanjia.adapters.wecom.task.TaskStore;
import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.SharedQuotas;
import io.guanjia.gateway.message.Content;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.wecom.WecomMember;
import io.guanjia.sandbox.wecom.WecomPlatform;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Many members of two corporations are asked about, over the platform's stand-in. */
class TaskPollsTest {

    private static final String MEMBERS = "externalcontact/get_groupmsg_task";
    private static final String RESULTS = "externalcontact/get_groupmsg_send_result";

    private static final Duration LEASE = Duration.ofMinutes(3);

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    private final WecomPlatform platform = sandbox.platform(WecomPlatform.class);
    private final TaskStore store =
            TaskStore.in(
                    TaskDatabase.SHARED.client, TaskDatabase.SHARED.transactions, sandbox.clock());
    private final WecomChannel channel;

    TaskPollsTest() {
        var demo = App.settings(sandbox.address() + "/wecom").accounts().getFirst();
        var other = other(demo);
        channel =
                new WecomChannel(
                        List.of(demo, other),
                        new MemoryTokens(),
                        new SampleFiles(),
                        new App.Codes(sandbox.clock()),
                        SharedQuotas.ofOneNode(sandbox.clock()),
                        store,
                        sandbox.clock());
        open(demo);
        open(other);
    }

    private static WecomAccount other(WecomAccount demo) {
        return new WecomAccount(
                "other",
                "ww00000000000000b2",
                "other-secret-value",
                demo.agentId(),
                demo.token(),
                demo.aesKey(),
                demo.apiBase(),
                demo.timeout(),
                demo.pace(),
                demo.pollEvery(),
                demo.taskLifetime());
    }

    private void open(WecomAccount account) {
        platform.open(
                account.name(),
                Map.of(
                        "corp-id", account.corpId(),
                        "secret", account.secret(),
                        "agent-id", account.agentId(),
                        "token", account.token(),
                        "aes-key", account.aesKey()),
                URI.create("http://127.0.0.1:1/"));
        fails(account.name(), Fault.always(Fault.CALLBACKS, new Effect.Lose()));
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
    void learnsInOneGoFromEverybodyWhoHasConfirmed() {
        var members = members(45);
        var msgid = create("p-1", "demo", customersOf(members));
        members.forEach(TaskPollsTest::confirms);
        later(Duration.ofMinutes(2));

        assertThat(states(msgid)).hasSize(45).containsOnly(State.SENT);
        assertThat(calls("demo", RESULTS)).isEqualTo(45);
    }

    @Test
    void asksAboutNobodyTwiceOfWhomAllIsKnown() {
        var members = members(45);
        var msgid = create("p-2", "demo", customersOf(members));
        members.subList(0, 30).forEach(TaskPollsTest::confirms);
        later(Duration.ofMinutes(2));
        members.subList(30, 45).forEach(TaskPollsTest::confirms);
        later(Duration.ofHours(1));

        assertThat(states(msgid)).hasSize(45).containsOnly(State.SENT);
        assertThat(calls("demo", RESULTS)).isEqualTo(45);
    }

    @Test
    void saysOfNobodyWhoHasConfirmedThatTheyDidNotInTime() {
        var members = members(45);
        var msgid = create("p-3", "demo", customersOf(members));
        members.subList(0, 44).forEach(TaskPollsTest::confirms);
        later(Duration.ofDays(7));

        assertThat(states(msgid))
                .hasSize(45)
                .containsOnly(State.SENT, State.EXPIRED)
                .containsOnlyOnce(State.EXPIRED);
    }

    @Test
    void endsNoTaskWhoseResultsThePlatformKeepsToItself() {
        var members = members(1);
        var msgid = create("p-4", "demo", customersOf(members));
        members.forEach(TaskPollsTest::confirms);
        fails("demo", Fault.next(1, RESULTS, new Effect.Status(500)));
        later(Duration.ofDays(7));
        assertThat(states(msgid)).containsExactly(State.OPEN);

        later(Duration.ofHours(1));
        assertThat(states(msgid)).containsExactly(State.SENT);
    }

    @Test
    void givesAPlatformThatDoesNotAnswerTimeAlsoForAStoppedTask() {
        var msgid = create("p-5", "demo", customersOf(members(1)));
        channel.tasks().cancel("demo", msgid).block(App.PATIENCE);
        fails("demo", Fault.always(MEMBERS, new Effect.Status(500)));
        later(Duration.ofSeconds(1));

        assertThat(calls("demo", MEMBERS)).isEqualTo(1);
    }

    @Test
    void aCorporationThatDoesNotAnswerHoldsUpNoOther() {
        fails("other", Fault.always(MEMBERS, new Effect.Hang(false)));
        var theirs = platform.require("other").meet("王五");
        does(theirs, "add", Map.of());
        var slow = 8;
        for (int i = 0; i < slow; i++) {
            create("other-" + i, "other", List.of(theirs.id()));
        }
        sandbox.clock().advance(Duration.ofMinutes(2));
        var polls = polls();
        polls.start();
        try {
            await().atMost(App.PATIENCE).until(() -> calls("other", MEMBERS) > 0);
            var members = members(1);
            var msgid = create("p-6", "demo", customersOf(members));
            members.forEach(TaskPollsTest::confirms);
            sandbox.clock().advance(Duration.ofMinutes(2));

            await().atMost(App.PATIENCE).until(() -> states(msgid).equals(List.of(State.SENT)));
            assertThat(calls("other", MEMBERS)).isLessThan(slow);
        } finally {
            polls.stop();
        }
    }

    @Test
    void leavesATaskToTheNodeThatAsksUntilNothingIsHeardOfIt() {
        create("p-7", "demo", customersOf(members(1)));
        sandbox.clock().advance(Duration.ofMinutes(2));
        var task = Objects.requireNonNull(store.claim("demo", LEASE).block(App.PATIENCE));

        sandbox.clock().advance(Duration.ofMinutes(2));
        assertThat(store.heard(task, List.of(), Set.of(), LEASE).block(App.PATIENCE)).isNotNull();
        sandbox.clock().advance(Duration.ofMinutes(2));
        assertThat(store.claim("demo", LEASE).block(App.PATIENCE)).isNull();

        sandbox.clock().advance(Duration.ofMinutes(1));
        assertThat(store.claim("demo", LEASE).block(App.PATIENCE)).isNotNull();
        assertThat(store.heard(task, List.of(), Set.of(), LEASE).block(App.PATIENCE)).isNull();
    }

    private List<WecomMember> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> platform.require("demo").hire("member" + i))
                .toList();
    }

    /** One of each member's own. */
    private List<String> customersOf(List<WecomMember> members) {
        return members.stream().map(this::customerOf).toList();
    }

    private String customerOf(WecomMember member) {
        var customer = platform.require("demo").meet(member.id() + "的客户");
        does(customer, "add", Map.of("member", member.id()));
        return customer.id();
    }

    private static void confirms(WecomMember member) {
        does(member, "send", Map.of());
    }

    private static void does(PhoneCustomer who, String what, Map<String, String> details) {
        who.does(what, details).toCompletableFuture().join();
    }

    private void fails(String account, Fault fault) {
        platform.require(account).faults().add(fault);
    }

    private String create(String key, String account, List<String> customers) {
        return Objects.requireNonNull(
                channel.tasks()
                        .create(
                                new SendTask(
                                        key,
                                        account,
                                        new Audience.Customers(null, customers),
                                        List.of(new Content.Text("春季理财上新"))))
                        .block(App.PATIENCE));
    }

    private TaskPolls polls() {
        return new TaskPolls(
                channel, store, inbound -> Mono.empty(), WecomChannel.NAME, sandbox.clock());
    }

    private void later(Duration time) {
        sandbox.clock().advance(time);
        polls().round().block(App.PATIENCE);
    }

    private List<State> states(String msgid) {
        return Objects.requireNonNull(
                channel.tasks()
                        .outcomes("demo", msgid)
                        .map(Outcome::state)
                        .collectList()
                        .block(App.PATIENCE));
    }

    private long calls(String account, String api) {
        return platform.require(account).calls().all().stream()
                .filter(call -> call.api().equals(api))
                .count();
    }
}
