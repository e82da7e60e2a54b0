package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Reads every Weibo sample there is and shows that nothing is lost: each value of a callback is
 * found in the typed content, its address, ids and time, or else is one of few that the raw payload
 * is kept for; each reply is written as the sample has it. Other projects' samples are read where
 * the property {@code guanjia.fixtures} names them.
 */
class ConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> SETS = List.of("weibo-tools", "doc-shaped/weibo");

    /** What that project asks for and is told by other calls: 群发, groups, followers, tokens. */
    private static final Set<String> NO_CALLBACKS =
            Set.of(
                    "weibo-tools/01_WeiboFansMessageService__obj.json",
                    "weibo-tools/02_WeiboFansGroupServiceImpl__obj.json",
                    "weibo-tools/03_WeiboUserGroup__obj.json",
                    "weibo-tools/06_WeiboFansUser__obj.json",
                    "WeiboAccessTokenTest/01_testFromJson__obj.json",
                    "WeiboErrorTest/01_testFromJson__40003.json",
                    "WeiboErrorTest/02_testFromBadJson1__40003.json");

    /** What typed content says by its own type, our own id, and words of the platform's own. */
    private static final Set<String> ENVELOPE =
            Set.of("/type", "/receiver_id", "/text", "/data/subtype", "/data/vfid");

    /** In percent. */
    private static final int TYPED_AT_LEAST = 55;

    /** As the platform writes it. */
    private static final DateTimeFormatter CREATED_AT =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.US)
                    .withZone(ZoneId.of("Asia/Shanghai"));

    private final WeiboChannel channel = Accounts.channel(Map.of("uid", ""));
    private final ReplyWriter writer = new ReplyWriter(null, JSON);
    private int callbacks;
    private int unreadable;
    private int values;
    private int typed;
    private final Set<String> untyped = new TreeSet<>();
    private int replies;
    private int errors;
    private final Set<String> others = new TreeSet<>();

    @Test
    void readsAndWritesEverySampleWithoutLoss() throws IOException {
        for (var sample : samples()) {
            var raw = Files.readString(sample);
            var document = JSON.readTree(raw);
            if (document.has("sender_id")) {
                read(sample.toString(), raw, document);
            } else if (document.has("expect_http_body")) {
                answer(sample.toString(), document);
            } else if (document.has("form")) {
                send(sample.toString(), document);
            } else if (document.has("error_code")) {
                fail(sample.toString(), document);
            } else {
                refuse(sample, raw);
            }
        }
        System.out.printf(
                "conformance: %d Weibo callbacks read without loss, %d of them kept unreadable; %d"
                        + " values, %d in typed content, the rest of %s; %d replies written; %d"
                        + " errors understood; %d documents are no callbacks and refused as such%n",
                callbacks, unreadable, values, typed, untyped, replies, errors, others.size());
        assertThat(callbacks).isGreaterThanOrEqualTo(16 + least(18));
        assertThat(unreadable).isEqualTo(1 + least(1));
        assertThat(untyped).isSubsetOf(ENVELOPE);
        assertThat(typed * 100).isGreaterThanOrEqualTo(values * TYPED_AT_LEAST);
        assertThat(replies).isGreaterThanOrEqualTo(least(6));
        assertThat(errors).isGreaterThanOrEqualTo(least(1));
        assertThat(others).isSubsetOf(NO_CALLBACKS);
    }

    /** So many where the data is on this machine, else none. */
    private static int least(int count) {
        return Files.isDirectory(Path.of(System.getProperty("guanjia.fixtures", "none")))
                ? count
                : 0;
    }

    private void read(String name, String raw, JsonNode document) {
        callbacks++;
        var reading = Objects.requireNonNull(channel.read(Callbacks.signed(raw)).block(), name);
        var message = (InboundMessage) reading.inbound().getFirst();
        assertThat(message.raw()).as(name).isEqualTo(raw);
        boolean kept = message.content() instanceof Content.Unreadable;
        unreadable += kept ? 1 : 0;
        var texts = new HashSet<String>();
        forEachLeaf("", JSON.valueToTree(message), (path, text) -> texts.add(text));
        texts.add(CREATED_AT.format(message.sentAt()));
        forEachLeaf(
                "",
                document,
                (path, value) -> {
                    if (value.isBlank()) {
                        return;
                    }
                    values++;
                    if (texts.contains(value)) {
                        typed++;
                    } else if (!kept) {
                        untyped.add(path);
                    }
                });
    }

    /** {@code expect_http_body}: the response to a callback of that sender. */
    private void answer(String name, JsonNode document) {
        replies++;
        var expected = document.get("expect_http_body");
        var callback = JSON.createObjectNode().put("type", "text").put("text", "在吗");
        callback.set("sender_id", expected.get("receiver_id"));
        callback.set("receiver_id", expected.get("sender_id"));
        var reading = channel.read(Callbacks.signed(callback.toString())).block();
        var content = content(document.get("data_decoded"));
        var response = Objects.requireNonNull(reading).answers().passively(content).orElseThrow();

        var written = JSON.readTree(new String(response.body(), UTF_8));
        for (var field : List.of("result", "receiver_id", "sender_id", "type")) {
            assertThat(written.get(field)).as(name).isEqualTo(expected.get(field));
        }
        assertThat(JSON.readTree(URLDecoder.decode(written.get("data").asString(), UTF_8)))
                .as(name)
                .isEqualTo(document.get("data_decoded"));
    }

    /** {@code form}: what is posted to messages/reply. */
    private void send(String name, JsonNode document) {
        replies++;
        var form = document.get("form");
        var data = JSON.readTree(form.get("data").asString());

        var reply = writer.write(content(data)).orElseThrow();

        assertThat(reply.type()).as(name).isEqualTo(form.get("type").asString());
        assertThat(JSON.readTree(reply.data())).as(name).isEqualTo(data);
    }

    private void fail(String name, JsonNode document) {
        errors++;
        assertThat(WeiboError.knows(Answered.error(document))).as(name).isTrue();
    }

    private void refuse(Path sample, String raw) {
        others.add(sample.getName(sample.getNameCount() - 2) + "/" + sample.getFileName());
        assertThatThrownBy(() -> channel.read(Callbacks.signed(raw)).block())
                .as(sample.toString())
                .isInstanceOf(CallbackRejected.class);
    }

    private static Content content(JsonNode data) {
        if (data.has("text")) {
            return new Content.Text(data.get("text").asString());
        }
        if (data.has("articles")) {
            var card = data.get("articles").get(0);
            return new Content.Link(
                    card.get("display_name").asString(),
                    card.get("summary").asString(),
                    card.get("url").asString(),
                    card.get("image").asString());
        }
        return new Content.Location(
                Double.parseDouble(data.get("latitude").asString()),
                Double.parseDouble(data.get("longitude").asString()),
                null,
                null);
    }

    private static void forEachLeaf(
            String path, JsonNode node, BiConsumer<String, String> visitor) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            field ->
                                    forEachLeaf(
                                            path + "/" + field.getKey(),
                                            field.getValue(),
                                            visitor));
        } else if (node.isArray()) {
            node.values().forEach(entry -> forEachLeaf(path, entry, visitor));
        } else {
            visitor.accept(path, node.asString(""));
        }
    }

    private static List<Path> samples() throws IOException {
        var samples = new ArrayList<>(documents(Path.of("src/test/resources/callbacks")));
        for (var set : SETS) {
            var folder = Path.of(System.getProperty("guanjia.fixtures", "none")).resolve(set);
            if (Files.isDirectory(folder)) {
                samples.addAll(documents(folder));
            }
        }
        return samples;
    }

    private static List<Path> documents(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }
}
