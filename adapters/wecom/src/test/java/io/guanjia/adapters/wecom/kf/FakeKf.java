package io.guanjia.adapters.wecom.kf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.FakePlatform.Request;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.weixin.protocol.MessageCrypt;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** 微信客服 on loopback: keeps what customers wrote and gives it out page by page. */
final class FakeKf implements AutoCloseable {

    static final String SYNC = "/cgi-bin/kf/sync_msg";
    static final String SEND = "/cgi-bin/kf/send_msg";
    static final String ON_EVENT = "/cgi-bin/kf/send_msg_on_event";
    static final String UPLOAD = "/cgi-bin/media/upload";
    static final String DOWNLOAD = "/cgi-bin/media/get";
    static final String STATE = "/cgi-bin/kf/service_state/get";
    static final String TRANS = "/cgi-bin/kf/service_state/trans";
    static final String GET_TOKEN = "/cgi-bin/gettoken";

    static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":\"MSG-1\"}";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TIMESTAMP = "1772440215";
    private static final String NONCE = "587934";

    final FakePlatform platform = new FakePlatform();
    private final List<JsonNode> items = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile int pageSize = 1000;

    FakeKf() {
        platform.script(
                GET_TOKEN,
                (request, response) ->
                        FakePlatform.json(
                                response,
                                "{\"errcode\":0,\"errmsg\":\"ok\",\"access_token\":\"ACCESS-"
                                        + tokens.incrementAndGet()
                                        + "\",\"expires_in\":7200}"));
        platform.script(
                SYNC, (request, response) -> FakePlatform.json(response, page(request).toString()));
        takesEverything();
    }

    URI address() {
        return platform.address();
    }

    void takesEverything() {
        platform.answer(SEND, OK);
        platform.answer(ON_EVENT, OK);
        platform.answer(
                UPLOAD,
                "{\"errcode\":0,\"errmsg\":\"ok\",\"type\":\"image\",\"media_id\":\"MEDIA-1\"}");
    }

    void pagesOf(int size) {
        pageSize = size;
    }

    void has(JsonNode item) {
        items.add(item);
    }

    /** What a customer wrote. */
    static JsonNode text(String id, String words, Instant at) {
        return item(id, "text", JSON.createObjectNode().put("content", words), at);
    }

    static JsonNode item(String id, String type, JsonNode said, Instant at) {
        var item =
                JSON.createObjectNode()
                        .put("msgid", id)
                        .put("open_kfid", Accounts.KFID)
                        .put("external_userid", Accounts.PARTY)
                        .put("send_time", at.getEpochSecond())
                        .put("origin", 3)
                        .put("msgtype", type);
        item.set(type, said);
        return item;
    }

    /** A customer opens the chat. */
    static JsonNode enters(String id, String code, Instant at) {
        var item =
                JSON.createObjectNode()
                        .put("msgid", id)
                        .put("send_time", at.getEpochSecond())
                        .put("origin", 4)
                        .put("msgtype", "event");
        item.putObject("event")
                .put("event_type", "enter_session")
                .put("open_kfid", Accounts.KFID)
                .put("external_userid", Accounts.PARTY)
                .put("scene", "website")
                .put("welcome_code", code);
        return item;
    }

    /** A message of ours did not arrive: 用户拒收. */
    static JsonNode fails(String id, String failed, Instant at) {
        var item =
                JSON.createObjectNode()
                        .put("msgid", id)
                        .put("send_time", at.getEpochSecond())
                        .put("origin", 4)
                        .put("msgtype", "event");
        item.putObject("event")
                .put("event_type", "msg_send_fail")
                .put("open_kfid", Accounts.KFID)
                .put("external_userid", Accounts.PARTY)
                .put("fail_msgid", failed)
                .put("fail_type", 10);
        return item;
    }

    /** The page after the cursor of a request. */
    JsonNode page(Request request) {
        var cursor = request.json().path("cursor").asString("");
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor.substring(1));
        int to = Math.min(items.size(), from + pageSize);
        var page =
                JSON.createObjectNode()
                        .put("errcode", 0)
                        .put("errmsg", "ok")
                        .put("next_cursor", "c" + to)
                        .put("has_more", to < items.size() ? 1 : 0);
        page.putArray("msg_list").addAll(items.subList(from, to));
        return page;
    }

    List<Request> syncs() {
        return platform.requests(SYNC);
    }

    /** The callback that tells of news. */
    static Callback news(String token) {
        return callback(
                "<xml><ToUserName><![CDATA["
                        + Accounts.CORP
                        + "]]></ToUserName><CreateTime>1772440215</CreateTime>"
                        + "<MsgType><![CDATA[event]]></MsgType>"
                        + "<Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA["
                        + token
                        + "]]></Token><OpenKfId><![CDATA["
                        + Accounts.KFID
                        + "]]></OpenKfId></xml>");
    }

    static Callback callback(String xml) {
        return sealed(crypt(), xml);
    }

    static MessageCrypt crypt() {
        return new MessageCrypt(Accounts.TOKEN, Accounts.AES_KEY, Accounts.CORP);
    }

    static Callback sealed(MessageCrypt crypt, String xml) {
        var sealed = crypt.encrypt(xml, TIMESTAMP, NONCE);
        return callback(
                query(sealed.msgSignature()),
                "<xml><ToUserName><![CDATA["
                        + Accounts.CORP
                        + "]]></ToUserName><AgentID></AgentID><Encrypt><![CDATA["
                        + sealed.encrypt()
                        + "]]></Encrypt></xml>");
    }

    static Map<String, String> query(String signature) {
        return Map.of("msg_signature", signature, "timestamp", TIMESTAMP, "nonce", NONCE);
    }

    static Callback callback(Map<String, String> query, String body) {
        return new Callback("wecom-kf", "demo", query, "text/xml", body.getBytes(UTF_8), Kit.NOW);
    }

    /** The check of the address. */
    static Callback check(String echo) {
        var sealed = crypt().encrypt(echo, TIMESTAMP, NONCE);
        return callback(
                Map.of(
                        "msg_signature",
                        sealed.msgSignature(),
                        "timestamp",
                        TIMESTAMP,
                        "nonce",
                        NONCE,
                        "echostr",
                        sealed.encrypt()),
                "");
    }

    @Override
    public void close() {
        platform.close();
    }
}
