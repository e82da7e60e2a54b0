package io.guanjia.trials.bench;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.gateway.bot.Bot;
import io.guanjia.gateway.bot.Question;
import io.guanjia.trials.caller.Caller.Said;
import io.guanjia.trials.process.Cluster;
import io.guanjia.trials.process.Cluster.Account;
import io.guanjia.trials.process.Http;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What each stage between a callback and its answer takes at least, alone and idle. Their sum is
 * what no arrangement of these stages can beat.
 */
final class StageMinima {

    private static final int TIMES = 400;

    private final Cluster cluster;
    private final Map<String, Double> millis = new LinkedHashMap<>();

    StageMinima(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The stages in order, in milliseconds. */
    Map<String, Double> measure(Contender durable, Account account) throws Exception {
        callback(durable, account);
        journal();
        bot();
        commit();
        send();
        return millis;
    }

    private void record(String stage, Callable<?> work) throws Exception {
        var least = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            var begin = System.nanoTime();
            work.call();
            least = Math.min(least, System.nanoTime() - begin);
        }
        millis.put(stage, least / 1e6);
    }

    private void callback(Contender durable, Account account) throws Exception {
        var caller = account.caller();
        record(
                "callback until it is durable and acknowledged",
                () -> {
                    var now = Instant.now();
                    var callback =
                            caller.call(new Said("oStage", System.nanoTime(), "你好", now), now);
                    var address =
                            "http://127.0.0.1:%d%s?%s"
                                    .formatted(durable.port(), durable.path(), callback.query());
                    return Http.post(URI.create(address), callback.body());
                });
    }

    private void journal() throws Exception {
        var kafka =
                Map.<String, Object>of(
                        "bootstrap.servers", cluster.servers().kafka().address(),
                        "group.id", "stage",
                        "auto.offset.reset", "earliest");
        var topic = "trials.stage";
        try (var admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (var producer =
                        new KafkaProducer<>(
                                kafka, new ByteArraySerializer(), new ByteArraySerializer());
                var consumer =
                        new KafkaConsumer<>(
                                kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            var least = Long.MAX_VALUE;
            for (int i = 0; i < TIMES; i++) {
                producer.send(new ProducerRecord<>(topic, new byte[500])).get();
                var durable = System.nanoTime();
                while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
                    // The first ones take until the group is formed.
                }
                least = Math.min(least, System.nanoTime() - durable);
            }
            millis.put("from durable to read from the journal", least / 1e6);
        }
    }

    /** The configuration is the bot's own affair, so it is found by its name. */
    private void bot() throws Exception {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(
                            new MapPropertySource(
                                    "trial",
                                    Map.of(
                                            "guanjia.bot.knowledge",
                                            Knowledge.folder().toString())));
            context.registerBean(Clock.class, Clock::systemUTC);
            context.register(Class.forName("io.guanjia.gateway.bot.BotConfiguration"));
            context.refresh();
            var bot = context.getBean(Bot.class);
            var question = new Question("麻烦问下我这个月信用卡要还多少呀", List.of(), "zh-CN");
            record("bot", () -> bot.answer(question).block());
        }
    }

    private void commit() throws Exception {
        try (var connection = cluster.servers().postgres().connect(EmbeddedServers.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("create table trial_stage (id bigserial primary key, body text)");
            connection.setAutoCommit(false);
            record(
                    "one PostgreSQL transaction of four statements",
                    () -> {
                        for (int i = 0; i < 4; i++) {
                            statement.execute("insert into trial_stage (body) values ('x')");
                        }
                        connection.commit();
                        return true;
                    });
        }
    }

    private void send() throws Exception {
        var address =
                cluster.sandbox().wechatApiBase() + "/cgi-bin/message/custom/send?access_token=x";
        record("call to the platform", () -> Http.post(URI.create(address), "{}"));
    }
}
