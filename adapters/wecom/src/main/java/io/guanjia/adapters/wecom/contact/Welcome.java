package io.guanjia.adapters.wecom.contact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.wecom.Attachments;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.message.Content;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody is told who has just become a member's customer. A code is good for one message of
 * it: one content of ours, or words and up to nine attachments in the platform's own fields, as the
 * native content {@code send_welcome_msg}. Source: 企业微信开发者中心, 发送新客户欢迎语 (92599).
 */
final class Welcome {

    private static final String NATIVE = "send_welcome_msg";

    private static final Set<String> FIELDS = Set.of("text", "attachments");
    private static final int MOST_TEXT_BYTES = 4000;

    /** What each kind of attachment cannot be without; a picture may also be an address. */
    private static final Map<String, List<String>> ATTACHMENTS =
            Map.of(
                    "image", List.of(),
                    "link", List.of("title", "url"),
                    "miniprogram", List.of("title", "pic_media_id", "appid", "page"),
                    "video", List.of("media_id"),
                    "file", List.of("media_id"));

    private final Attachments attachments;

    Welcome(Attachments attachments) {
        this.attachments = attachments;
    }

    /** Whether it is a welcome and nothing else. */
    static boolean isOne(Content content) {
        return content instanceof Content.Native special && special.kind().equals(NATIVE);
    }

    /** Fails with {@link Refused} for what no welcome can say. Uses nothing up. */
    static void require(Content content) {
        if (content instanceof Content.Native special && isOne(special)) {
            require(fields(special));
        } else {
            Attachments.require(List.of(content));
        }
    }

    /** Emits the request, files having been brought to the platform. */
    Mono<ObjectNode> request(String code, Content content) {
        var request = JsonMapper.shared().createObjectNode().put("welcome_code", code);
        return content instanceof Content.Native special && isOne(special)
                ? Mono.just(request.setAll(fields(special)))
                : attachments.write(request, List.of(content));
    }

    private static ObjectNode fields(Content.Native special) {
        return JsonMapper.shared().valueToTree(special.payload());
    }

    private static void require(ObjectNode fields) {
        var words = fields.path("text").path("content").asString("");
        var attached = fields.path("attachments");
        if (fields.propertyNames().stream().anyMatch(name -> !FIELDS.contains(name))) {
            throw new Refused("a welcome has text and attachments and nothing else");
        }
        if (words.isBlank() && attached.isEmpty()) {
            throw new Refused("a welcome without words or attachments");
        }
        if (words.getBytes(UTF_8).length > MOST_TEXT_BYTES) {
            throw new Refused("more than 4000 bytes of text");
        }
        if (!attached.isMissingNode() && !attached.isArray()) {
            throw new Refused("attachments are no list");
        }
        if (attached.size() > Attachments.MOST) {
            throw new Refused("more than nine attachments");
        }
        attached.forEach(Welcome::requireAttachment);
    }

    private static void requireAttachment(JsonNode attachment) {
        var type = attachment.path("msgtype").asString("");
        var needed = ATTACHMENTS.get(type);
        if (needed == null) {
            throw new Refused("a welcome cannot say this");
        }
        var said = attachment.path(type);
        var whole =
                type.equals("image")
                        ? has(said, "media_id") || has(said, "pic_url")
                        : needed.stream().allMatch(name -> has(said, name));
        if (!whole) {
            throw new Refused("an attachment lacks a field: " + type);
        }
    }

    private static boolean has(JsonNode said, String name) {
        return !said.path(name).asString("").isBlank();
    }
}
