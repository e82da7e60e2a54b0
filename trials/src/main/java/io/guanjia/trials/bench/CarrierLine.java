package io.guanjia.trials.bench;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.sandbox.cmpp.Carrier;
import io.guanjia.sandbox.cmpp.CarrierSettings;
import io.guanjia.sandbox.cmpp.CmppPlatform;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Cluster;
import io.guanjia.trials.process.GatewayNode;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * C2: SMS over a carrier's line of window 16, the carrier being another process. What comes in is
 * acknowledged to the carrier once Kafka has it; what goes out stands in the outbox before.
 */
final class CarrierLine implements AutoCloseable {

    private static final String ACCOUNT = "trial";
    private static final int PHONES = 20_000;
    private static final int GATEWAY = 4321;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final Carrier carrier;
    private final GatewayNode node;
    private int ids;

    /**
     * @param connections to the carrier
     */
    CarrierLine(Cluster cluster, int connections, Map<String, String> nodeSettings) {
        this.cluster = cluster;
        var platform = cluster.sandbox().platform(CmppPlatform.class);
        var name = ACCOUNT + connections;
        this.carrier =
                platform.open(
                        new CarrierSettings(
                                name,
                                "90000" + connections,
                                "trial-line",
                                Version.V3_0,
                                "",
                                "106901234" + connections,
                                16,
                                null,
                                Duration.ofSeconds(60),
                                0));
        var settings = new HashMap<>(nodeSettings);
        var prefix = "guanjia.channels.sms-cmpp.accounts[0].";
        settings.put(prefix + "name", name);
        settings.put(prefix + "api-base", platform.address().toString());
        settings.put(prefix + "source-addr", "90000" + connections);
        settings.put(prefix + "secret", "trial-line");
        settings.put(prefix + "src-id", "106901234" + connections);
        settings.put(prefix + "connections", Integer.toString(connections));
        settings.put(prefix + "rate", "100000");
        settings.put("guanjia.journal.topic", "trials.carrier");
        settings.put("trials.feed", "off");
        this.node = cluster.node("carrier-" + connections, Contenders.FLAGS, settings);
        node.start();
        Await.until(
                PATIENCE,
                () -> carrier.lines().join() == connections,
                () -> "the lines do not come up; " + node.lastWords());
    }

    /** Messages a second that come in, until all of so many are acknowledged. */
    double delivers(int count) {
        var began = System.nanoTime();
        CompletableFuture.allOf(
                        IntStream.range(0, count)
                                .mapToObj(i -> carrier.deliver(words(i)))
                                .toArray(CompletableFuture[]::new))
                .join();
        return count / seconds(began);
    }

    private Pdu.Deliver words(int number) {
        return new Pdu.Deliver(
                0,
                MsgId.of(Instant.now(), GATEWAY, ++ids),
                carrier.settings().srcId(),
                "",
                UserData.plain(MsgFmt.UCS2, ("信用卡账单怎么查？" + number).getBytes(UTF_16BE)),
                "138%08d".formatted(number % PHONES),
                0,
                0,
                "");
    }

    /**
     * Messages a second that go out of an outbox that holds so many, each to another phone.
     *
     * @param round another one each time
     */
    double submits(int round, int count) {
        var before = carrier.submits().total();
        cluster.database()
                .execute(
                        """
                        create temp table fill on commit drop as
                            select gen_random_uuid() as party_id, gen_random_uuid() as conversation_id,
                                gen_random_uuid() as message_id, n,
                                '+86139' || lpad((%2$d * 1000000 + n)::text, 8, '0') as party
                            from generate_series(1, %3$d) n;
                        insert into party (id, channel, account, party, first_seen_at)
                            select party_id, 'sms-cmpp', '%1$s', party, now() from fill;
                        insert into conversation (id, party_id, channel, account, party, state, since,
                                opened_at, changed_at)
                            select conversation_id, party_id, 'sms-cmpp', '%1$s', party, 'bot', now(),
                                now(), now() from fill;
                        insert into message (id, conversation_id, party_id, revision, direction,
                                author_kind, content, sent_at, received_at)
                            select message_id, conversation_id, party_id, 1, 'out', 'system',
                                jsonb_build_object('type', 'text', 'body', '您的账单已出，请按时还款。' || n),
                                now(), now() from fill;
                        insert into delivery (id, message_id, party_id, channel, account, party, api,
                                uses_window, lane, state, not_before, expires_at, created_at, changed_at)
                            select gen_random_uuid(), message_id, party_id, 'sms-cmpp', '%1$s', party,
                                'submit', false, 2, 'queued', now(), now() + interval '1 hour', now(),
                                now() from fill;
                        analyze delivery;
                        """
                                .formatted(carrier.name(), round, count));
        Await.until(
                PATIENCE,
                () -> carrier.submits().total() > before,
                () -> "nothing is submitted; " + node.lastWords());
        var began = System.nanoTime();
        var first = carrier.submits().total();
        Await.until(
                PATIENCE,
                () -> carrier.submits().total() >= before + count,
                () ->
                        "%d of %d were submitted"
                                .formatted(carrier.submits().total() - before, count));
        return (before + count - first) / seconds(began);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() {
        node.kill();
    }
}
