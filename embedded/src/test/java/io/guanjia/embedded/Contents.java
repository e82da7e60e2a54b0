package io.guanjia.embedded;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** What a test has put into the three servers. */
final class Contents {

    private static final TopicPartition WORDS = new TopicPartition("words", 0);

    private final EmbeddedServers servers;

    Contents(EmbeddedServers servers) {
        this.servers = servers;
    }

    /** Returns once every server has acknowledged the word. */
    void write(String word) throws SQLException, IOException, ExecutionException {
        try (var connection = servers.postgres().connect(EmbeddedServers.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS words (word text)");
            statement.execute("INSERT INTO words VALUES ('%s')".formatted(word));
        }
        redis("RPUSH words " + word);
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", servers.kafka().address(), "acks", "all");
        try (var admin = Admin.create(kafka)) {
            if (!admin.listTopics().names().get().contains(WORDS.topic())) {
                admin.createTopics(List.of(new NewTopic(WORDS.topic(), 1, (short) 1))).all().get();
            }
            var text = new StringSerializer();
            try (var producer = new KafkaProducer<>(kafka, text, text)) {
                producer.send(new ProducerRecord<>(WORDS.topic(), word)).get();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> inPostgres() throws SQLException {
        var words = new ArrayList<String>();
        try (var connection = servers.postgres().connect(EmbeddedServers.DATABASE);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT word FROM words")) {
            while (rows.next()) {
                words.add(rows.getString(1));
            }
        }
        return words;
    }

    List<String> inRedis() throws IOException {
        return redis("LRANGE words 0 -1")
                .lines()
                .filter(line -> !line.startsWith("*") && !line.startsWith("$"))
                .toList();
    }

    List<String> inKafka() {
        var text = new StringDeserializer();
        Map<String, Object> kafka =
                Map.of(
                        "bootstrap.servers",
                        servers.kafka().address(),
                        "auto.offset.reset",
                        "earliest");
        var words = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(kafka, text, text)) {
            consumer.assign(List.of(WORDS));
            consumer.seekToBeginning(List.of(WORDS));
            var end = consumer.endOffsets(List.of(WORDS)).getOrDefault(WORDS, 0L);
            while (consumer.position(WORDS) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> words.add(record.value()));
            }
        }
        return words;
    }

    /** The answer as the protocol has it; an {@link IOException} when there is none within 1 s. */
    String redis(String command) throws IOException {
        try (var socket = new Socket(Server.HOST, servers.redis().port())) {
            socket.setSoTimeout(1000);
            var question =
                    "AUTH %s\r\n%s\r\nQUIT\r\n".formatted(servers.redis().password(), command);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring("+OK\r\n".length(), answer.lastIndexOf("+OK\r\n"));
        }
    }
}
