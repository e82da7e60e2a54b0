package io.guanjia.adapters.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.miniprogram.MiniProgramAccount.State;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Says what WxJava's tests say, in the same form, where the property {@code guanjia.fixtures} names
 * them.
 */
class ReplyConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path FIXTURES = Path.of(System.getProperty("guanjia.fixtures", "none"));

    private final MiniProgramMessage messages =
            new MiniProgramMessage(JSON, Shop.APP_ID, State.FORMAL);

    @Test
    void writesCustomerServiceMessagesAsOthersDo() throws IOException {
        int written = 0;
        for (var file : files("wxjava/WxMaKefuMessageTest")) {
            var expected = JSON.readTree(Files.readString(file));
            var content = content(expected);

            assertThat(messages.refusal(content)).as(file.toString()).isNull();
            assertThat(JSON.readTree(messages.service(expected.get("touser").asString(), content)))
                    .as(file.toString())
                    .isEqualTo(expected);
            written++;
        }
        System.out.printf("conformance: %d mini program messages written alike%n", written);
        assertThat(written).isGreaterThanOrEqualTo(Files.isDirectory(FIXTURES) ? 5 : 0);
    }

    private static Content content(JsonNode message) {
        var type = message.get("msgtype").asString();
        var said = message.get(type);
        return switch (type) {
            case "text" -> new Content.Text(said.get("content").asString());
            case "image" -> new Content.Image(media(said, "media_id"));
            case "link" ->
                    new Content.Link(
                            said.get("title").asString(),
                            said.get("description").asString(),
                            said.get("url").asString(),
                            said.get("thumb_url").asString());
            case "miniprogrampage" ->
                    new Content.MiniProgram(
                            said.get("title").asString(),
                            Shop.APP_ID,
                            said.get("pagepath").asString(),
                            media(said, "thumb_media_id"));
            default -> throw new AssertionError("a new type of message: " + type);
        };
    }

    private static Media media(JsonNode said, String field) {
        return Media.onPlatform(said.get(field).asString(), null);
    }

    private static List<Path> files(String folder) throws IOException {
        var found = FIXTURES.resolve(folder);
        if (!Files.isDirectory(found)) {
            return List.of();
        }
        try (var files = Files.list(found)) {
            return files.sorted().toList();
        }
    }
}
