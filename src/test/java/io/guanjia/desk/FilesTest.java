package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Answer;
import io.guanjia.running.Browser;
import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.UUID;

final class FilesTest {

    private static final String GIF = "GIF89a0123456789";

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @ParameterizedTest
    @CsvSource({
        "xiaoli,   agent,  xiaoli, 200",
        "xiaowang, agent,  xiaoli, 404",
        "zhuguan,  agent,  xiaoli, 200",
        "admin,    agent,  xiaoli, 200",
        "TOKEN,    agent,  xiaoli, 200",
        "xiaowang, bot,          , 200",
        "xiaowang, closed,       , 200"
    })
    void aFileIsSeenByWhoSeesItsConversation(
            String who, String state, @Nullable String agent, int status) {
        var customers = sentIn(samples.conversation("相片", state, agent));

        assertThat(browser(who).get("/api/v1/media/" + customers).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"xiaoli, 200", "xiaowang, 404", "zhuguan, 404", "TOKEN, 404"})
    void whatWasNotSentIsSeenByWhoUploadedItOnly(String who, int status) {
        var upload = upload("xiaoli");

        assertThat(browser(who).get("/api/v1/media/" + upload).status()).isEqualTo(status);
    }

    @Test
    void nobodySendsOnAFileTheyMayNotSee() {
        var hidden = sentIn(samples.conversation("别人的", "agent", "xiaoli"));
        var own = samples.conversation("自己的", "agent", "xiaowang");

        var answer =
                gateway.signedIn("xiaowang")
                        .post(
                                "/api/v1/conversations/" + own + "/messages",
                                Map.of(
                                        "clientId",
                                        UUID.randomUUID(),
                                        "content",
                                        Map.of("type", "image", "media", Map.of("id", hidden))));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.body()).contains("content.media.id");
    }

    @Test
    void whoSendsAFileLearnsBeforehandHowItArrives() {
        var conversation = samples.conversation("收件人", "agent", "xiaoli");
        var picture = upload("xiaoli");
        // 微信 takes no documents, and there is no address here that a link could lead to.
        var document = upload("xiaoli", "bill.pdf", "application/pdf", "%PDF-1.7 the bill");

        var asPicture = preview("xiaoli", conversation, "image", picture);
        var asDocument = preview("xiaoli", conversation, "file", document);
        var asCard =
                gateway.signedIn("xiaoli")
                        .post(
                                "/api/v1/conversations/" + conversation + "/messages/preview",
                                Map.of(
                                        "content",
                                        Map.of(
                                                "type", "link",
                                                "title", "账单",
                                                "url", "https://bank.example/bill")));

        assertThat(asPicture.status()).as(asPicture.toString()).isEqualTo(200);
        assertThat(asPicture.json().get("as").asString()).isEqualTo("itself");
        assertThat(asPicture.json().get("messages").asInt()).isEqualTo(1);
        assertThat(asDocument.status()).isEqualTo(422);
        assertThat(asDocument.code()).isEqualTo("cannot-say");
        assertThat(asCard.json().get("as").asString()).isEqualTo("itself");
        assertThat(messagesIn(conversation)).as("nothing is sent").isEqualTo("0");
    }

    @Test
    void aFileIsSentAsWhatItsContentSaysOnly() {
        var conversation = samples.conversation("收件人", "agent", "xiaoli");
        var document = upload("xiaoli", "bill.pdf", "application/pdf", "%PDF-1.7 the bill");

        for (var type : new String[] {"image", "voice", "video"}) {
            var answer = preview("xiaoli", conversation, type, document);
            assertThat(answer.status()).as(type).isEqualTo(422);
            assertThat(answer.body()).as(type).contains("content.media.id");
        }
    }

    @Test
    void nobodyLearnsOfAFileTheyMayNotSee() {
        var own = samples.conversation("自己的", "agent", "xiaowang");

        var answer = preview("xiaowang", own, "image", upload("xiaoli"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("content.media.id");
    }

    @Test
    void nobodyLearnsOfAConversationTheyMayNotSee() {
        var hidden = samples.conversation("别人的", "agent", "xiaoli");

        assertThat(preview("xiaowang", hidden, "image", upload("xiaowang")).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            textBlock =
                    """
                    -                | 200 | GIF89a0123456789 | -
                    bytes=0-1        | 206 | GI               | bytes 0-1/16
                    bytes=0-         | 206 | GIF89a0123456789 | bytes 0-15/16
                    bytes=6-9        | 206 | 0123             | bytes 6-9/16
                    bytes=14-99      | 206 | 89               | bytes 14-15/16
                    bytes=-3         | 206 | 789              | bytes 13-15/16
                    bytes=0-1,4-5    | 200 | GIF89a0123456789 | -
                    bytes=16-        | 416 | -                | bytes */16
                    bytes=9-6        | 416 | -                | bytes */16
                    bytes=-0         | 416 | -                | bytes */16
                    bytes=a-b        | 416 | -                | bytes */16
                    """)
    void playersGetThePartTheyAskFor(
            @Nullable String range, int status, @Nullable String body, @Nullable String part) {
        var upload = upload("xiaoli");
        var player = gateway.signedIn("xiaoli");
        if (range != null) {
            player.with("Range", range);
        }

        var answer = player.get("/api/v1/media/" + upload);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("content-range")).isEqualTo(part);
        if (body == null) {
            assertThat(answer.code()).isEqualTo("no-such-range");
        } else {
            assertThat(answer.body()).isEqualTo(body);
            assertThat(answer.header("accept-ranges")).isEqualTo("bytes");
        }
    }

    @Test
    void theRestOfSomethingElseIsTheWhole() {
        var upload = upload("xiaoli");
        var player = gateway.signedIn("xiaoli").with("Range", "bytes=6-");

        var mine = player.with("If-Range", '"' + upload + '"').get("/api/v1/media/" + upload);
        var other = player.with("If-Range", "\"other\"").get("/api/v1/media/" + upload);

        assertThat(mine.body()).isEqualTo("0123456789");
        assertThat(other.body()).isEqualTo(GIF);
    }

    /** A file that a customer sent. */
    private String sentIn(String conversation) {
        var file = upload("admin");
        samples.sql("update media set uploaded_by = null where id = '%s'".formatted(file));
        samples.sql(
                """
                update message set content = jsonb_build_object('type', 'image', 'media',
                    jsonb_build_object('id', '%s')) where id = '%s'
                """
                        .formatted(file, samples.message(conversation, "x")));
        return file;
    }

    private Answer preview(String who, String conversation, String type, String file) {
        return gateway.signedIn(who)
                .post(
                        "/api/v1/conversations/" + conversation + "/messages/preview",
                        Map.of("content", Map.of("type", type, "media", Map.of("id", file))));
    }

    private String messagesIn(String conversation) {
        return samples.one(
                "select count(*)::text from message where conversation_id = '%s'"
                        .formatted(conversation));
    }

    private String upload(String who) {
        return upload(who, "x.gif", "image/gif", GIF);
    }

    private String upload(String who, String name, String type, String content) {
        return stored(browser(who).upload("/api/v1/media", name, type, content));
    }

    private static String stored(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().get("id").asString();
    }

    private Browser browser(String who) {
        return who.equals("TOKEN")
                ? gateway.browser().with("Authorization", "Bearer " + Gateway.TOKEN)
                : gateway.signedIn(who);
    }
}
