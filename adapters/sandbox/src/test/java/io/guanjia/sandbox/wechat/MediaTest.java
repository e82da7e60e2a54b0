package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guanjia.sandbox.http.Json;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;

class MediaTest extends WithDemoAccount {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n0123456789".getBytes(ISO_8859_1);

    @Test
    void anUploadedPictureCanBeSentAndFetchedForThreeDays() {
        lilei.says("你好");
        var uploaded = upload("image", PNG);
        var id = uploaded.path("media_id").asString();
        assertThat(uploaded.path("created_at").asLong()).isEqualTo(NOON.getEpochSecond());

        assertThat(code(sendImage(id))).isZero();
        assertThat(fetch(id)).isEqualTo(new String(PNG, ISO_8859_1));

        sandbox.clock().advance(Duration.ofDays(3));
        lilei.says("还在吗");
        assertThat(code(sendImage(id))).isEqualTo(40007);
        assertThat(code(Json.MAPPER.readTree(fetch(id)))).isEqualTo(40007);
    }

    @Test
    void whatACustomerSendsCanBeFetchedByIdAndPicturesByAddress() {
        lilei.sendsImage(PNG);

        var arrival = server.arrivals().getFirst();
        assertThat(fetch(arrival.text("MediaId"))).isEqualTo(new String(PNG, ISO_8859_1));
        var picture = client.send(HttpRequest.newBuilder(URI.create(arrival.text("PicUrl"))).GET());
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
    }

    @Test
    void wrongTypesAndSizesAreRefused() {
        assertThat(code(upload("smell", PNG))).isEqualTo(40004);
        assertThat(code(upload("voice", PNG))).isEqualTo(40005);
        assertThat(code(upload("image", "MZ".getBytes(ISO_8859_1)))).isEqualTo(40005);
        var big = Arrays.copyOf("\u00ff\u00d8\u00ff".getBytes(ISO_8859_1), 65 * 1024);
        assertThat(code(upload("thumb", big))).isEqualTo(45001);
        assertThat(code(upload("image", big))).isZero();
        var token = client.goodToken();
        assertThat(code(client.post("media/upload?type=image&access_token=" + token, "x")))
                .isEqualTo(41005);
    }

    private JsonNode sendImage(String id) {
        return client.call(
                "message/custom/send",
                """
                {"touser":"%s","msgtype":"image","image":{"media_id":"%s"}}\
                """
                        .formatted(lilei.openId(), id));
    }

    private String fetch(String id) {
        var uri = client.uri("media/get?access_token=" + client.goodToken() + "&media_id=" + id);
        return client.sendForBytes(HttpRequest.newBuilder(uri).GET());
    }

    private JsonNode upload(String type, byte[] content) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--x\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\r\n"
                                + "Content-Type: image/png\r\n\r\n")
                        .getBytes(ISO_8859_1));
        body.writeBytes(content);
        body.writeBytes("\r\n--x--\r\n".getBytes(ISO_8859_1));
        var uri = client.uri("media/upload?access_token=" + client.goodToken() + "&type=" + type);
        var request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        return Json.MAPPER.readTree(client.send(request).body());
    }
}
