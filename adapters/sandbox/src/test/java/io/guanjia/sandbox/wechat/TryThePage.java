package io.guanjia.sandbox.wechat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.AccountServer.Arrival;
import io.guanjia.sandbox.wechat.AccountServer.Reaction;

import java.time.Duration;

/** Runs the sandbox with a small bot behind it, to try the page by hand. Takes the port. */
final class TryThePage {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n0123456789".getBytes(ISO_8859_1);

    private final AccountServer server = new AccountServer("demo");
    private final Sandbox sandbox;
    private final AccountClient client;

    private TryThePage(int port) {
        sandbox = Sandbox.start(SandboxSettings.defaults().onPort(port).with(server.settings()));
        client =
                new AccountClient(
                        sandbox.wechatApiBase(), server.settings(), Duration.ofSeconds(20));
        DemoBank.furnish(sandbox.wechat("demo"));
        server.reacts(this::react);
    }

    public static void main(String[] arguments) throws InterruptedException {
        var port = arguments.length == 0 ? 8090 : Integer.parseInt(arguments[0]);
        System.out.println("Sandbox: " + new TryThePage(port).sandbox.address());
        Thread.currentThread().join();
    }

    private Reaction react(Arrival arrival) {
        var openId = arrival.text("FromUserName");
        var words = arrival.text("Content") + arrival.text("EventKey");
        switch (words) {
            case "菜单" -> later(() -> send(openId, "msgmenu", menu()));
            case "图片" ->
                    later(() -> send(openId, "image", "{\"media_id\":\"%s\"}".formatted(png())));
            case "图文" -> later(() -> send(openId, "news", news()));
            case "小程序" -> later(() -> send(openId, "miniprogrampage", miniProgram()));
            case "通知", "CARD_BILL" -> later(() -> template(openId));
            case "慢" -> {
                return new Reaction(200, "success", Duration.ofSeconds(7));
            }
            case "坏" -> {
                return Reaction.body("{\"code\":500}");
            }
            case "人工", "HUMAN" ->
                    later(
                            () -> {
                                client.call(
                                        "message/custom/typing",
                                        "{\"touser\":\"%s\",\"command\":\"Typing\"}"
                                                .formatted(openId));
                                pause(3000);
                                send(openId, "text", "{\"content\":\"您好，我是客户经理小陈，很高兴为您服务。\"}");
                            });
            default -> {
                return Reaction.body(
                        server.seal(
                                server.text(
                                        arrival,
                                        "您好！您说的是“"
                                                + words
                                                + "”。您可以直接描述问题，也可以发送 菜单、图片、图文、小程序、通知、人工。")));
            }
        }
        return Reaction.body("success");
    }

    private static void later(Runnable work) {
        Thread.startVirtualThread(
                () -> {
                    pause(300);
                    work.run();
                });
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String openId, String type, String content) {
        client.call(
                "message/custom/send",
                "{\"touser\":\"%s\",\"msgtype\":\"%s\",\"%s\":%s}"
                        .formatted(openId, type, type, content));
    }

    private static String menu() {
        return """
        {"head_content":"请问您想办理哪项业务？","list":[{"id":"1","content":"① 信用卡账单查询"},
         {"id":"2","content":"② 调整信用额度"},{"id":"3","content":"③ 转人工客服"}],
         "tail_content":"点一下就行，也可以直接描述问题。"}\
        """;
    }

    private static String news() {
        return """
        {"articles":[{"title":"春节期间营业网点及服务时间安排","description":"部分网点周末照常营业，出门前请先查询。",
         "url":"https://example.com/news/1","picurl":""}]}\
        """;
    }

    private String miniProgram() {
        return """
        {"title":"网点预约取号","appid":"wx0123456789abcdef","pagepath":"pages/index","thumb_media_id":"%s"}\
        """
                .formatted(png());
    }

    private String png() {
        return sandbox.wechat("demo").media().keep("image", "image/png", "a.png", PNG).id();
    }

    private void template(String openId) {
        client.call(
                "message/template/send",
                Json.MAPPER
                        .readTree(
                                """
                                {"touser":"%s","template_id":"TM_BILL_READY_00000000000000000000000000002",
                                 "url":"https://example.com/bill","data":{"time1":{"value":"2026年2月"},
                                 "amount2":{"value":"¥ 3,280.50"},"time3":{"value":"2026年3月18日"}}}\
                                """
                                        .formatted(openId))
                        .toString());
    }
}
