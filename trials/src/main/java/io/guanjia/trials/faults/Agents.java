package io.guanjia.trials.faults;

import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Database;
import io.guanjia.trials.process.DeskClient;
import io.guanjia.trials.process.DeskScreen;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two people at the desk, each at another node, who reach for the same conversations at the same
 * time. Who gets one says one sentence and closes it. Each signs in once, and has the desk's socket
 * open beside.
 */
final class Agents implements AutoCloseable {

    /** How all they say begins. */
    static final String REPLY = "坐席答复";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    private static final int TRIES = 40;
    private static final Duration NEWS_ARRIVES_WITHIN = Duration.ofSeconds(20);

    private final Map<String, Set<String>> owners = new ConcurrentHashMap<>();
    private final Map<String, List<String>> said = new ConcurrentHashMap<>();
    private final AtomicInteger sentences = new AtomicInteger();
    private final List<Agent> agents = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /** Begins to serve. */
    Agents(Scene scene) {
        for (int i = 0; i < Scene.AGENTS.size(); i++) {
            var node = scene.cluster().nodes().get(i);
            var name = Scene.AGENTS.get(i);
            var desk = DeskClient.signIn(node.address(), name, Scene.PASSWORD);
            agents.add(new Agent(name, desk, DeskScreen.of(desk), new ConcurrentLinkedQueue<>()));
        }
        agents.forEach(agent -> threads.add(Thread.startVirtualThread(() -> keepServing(agent))));
    }

    /**
     * One of them.
     *
     * @param said what they said, as far as the gateway confirmed it
     */
    private record Agent(String name, DeskClient desk, DeskScreen screen, Queue<String> said) {}

    /** What was said to each customer, by openid, as far as the gateway confirmed it. */
    Map<String, List<String>> said() {
        return Map.copyOf(said);
    }

    /**
     * What was wrong with their work, in words: one conversation for both, or something they were
     * not shown over their sockets. To be asked once nobody writes any more.
     */
    List<String> findings(Database database) {
        var findings = new ArrayList<String>();
        if (said.isEmpty()) {
            findings.add("no agent ever said anything");
        }
        var shared = owners.values().stream().filter(names -> names.size() > 1).count();
        if (shared > 0) {
            findings.add(shared + " conversations were given to both agents");
        }
        for (var agent : agents) {
            if (!Await.within(
                    NEWS_ARRIVES_WITHIN, () -> agent.said.stream().allMatch(agent.screen::shows))) {
                findings.add(agent.name + " was not shown all of their own words");
            }
            if (!Await.within(NEWS_ARRIVES_WITHIN, () -> showsAllEnds(agent, database))) {
                findings.add(agent.name + " was not shown how every conversation ended");
            }
        }
        return findings;
    }

    /** Who had no socket for a while need not know what began and ended in it. */
    private boolean showsAllEnds(Agent agent, Database database) {
        return owners.keySet().stream()
                .filter(
                        each ->
                                agent.screen.revision(each) > 0
                                        || !agent.screen.wasAway(
                                                moment(database, "opened_at", each),
                                                moment(database, "changed_at", each)))
                .allMatch(each -> agent.screen.revision(each) >= revision(database, each));
    }

    private static long revision(Database database, String conversation) {
        return database.number(
                "select revision from conversation where id = '%s'".formatted(conversation));
    }

    private static Instant moment(Database database, String column, String conversation) {
        return Instant.ofEpochMilli(
                database.number(
                        "select (extract(epoch from %s) * 1000)::bigint from conversation where id = '%s'"
                                .formatted(column, conversation)));
    }

    /** Who lost their session or their socket, in words. */
    List<String> cutOff() {
        var findings = new ArrayList<String>();
        for (var agent : agents) {
            if (!Await.within(NEWS_ARRIVES_WITHIN, () -> agent.desk.isSignedInAs(agent.name))) {
                findings.add(agent.name + " had to sign in again");
            }
            if (agent.screen.opened() > 1) {
                findings.add(agent.name + "'s socket was cut");
            }
        }
        return findings;
    }

    private void keepServing(Agent agent) {
        while (open) {
            try {
                for (var conversation : agent.desk.queue()) {
                    serve(agent, conversation);
                }
            } catch (IOException e) {
                // The desk is out of order for a moment; that is what is being tried.
            }
            Await.pause(LOOK_EVERY);
        }
    }

    /** Both see the queue in the same order, so they reach for the same one. */
    private void serve(Agent agent, String conversation) throws IOException {
        var desk = agent.desk;
        var path = "/api/v1/conversations/" + conversation;
        var taken = desk.post(path + "/take", Map.of());
        if (taken.statusCode() != 200) {
            return;
        }
        var view = JSON.readTree(taken.body());
        if (!view.path("agent").path("username").asString("").equals(agent.name)) {
            return;
        }
        owners.computeIfAbsent(conversation, _ -> ConcurrentHashMap.newKeySet()).add(agent.name);
        agent.screen.watch(conversation);
        var openid = view.path("party").asString();
        var words = (REPLY + "第%d句。").formatted(sentences.incrementAndGet());
        var reply =
                Map.of(
                        "clientId",
                        UUID.randomUUID().toString(),
                        "content",
                        Map.of("type", "text", "body", words));
        if (insist(desk, path + "/messages", reply, 201)) {
            said.computeIfAbsent(openid, _ -> new CopyOnWriteArrayList<>()).add(words);
            agent.said.add(words);
        }
        insist(desk, path + "/close", Map.of(), 200);
    }

    /** As a person does who sees an error: tries again. The same client id makes that harmless. */
    private static boolean insist(DeskClient desk, String path, Map<String, ?> body, int wanted) {
        for (int i = 0; i < TRIES; i++) {
            try {
                if (desk.post(path, body).statusCode() == wanted) {
                    return true;
                }
            } catch (IOException e) {
                // Tried again.
            }
            Await.pause(LOOK_EVERY);
        }
        return false;
    }

    /** Lets both finish what they are at. Their sockets stay open. */
    void finish() {
        open = false;
        threads.forEach(Threads::join);
    }

    @Override
    public void close() {
        finish();
        agents.forEach(agent -> agent.screen.close());
    }
}
