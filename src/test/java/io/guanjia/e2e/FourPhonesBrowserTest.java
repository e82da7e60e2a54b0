package io.guanjia.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One person on four channels, side by side in a real browser, and what they recorded. Leaves
 * pictures in {@code target/screenshots}.
 */
class FourPhonesBrowserTest {

    private static final List<String> CHANNELS = List.of("微信公众号", "微博", "短信·阿里云", "App");

    private static final Map<String, Map<String, String>> ACCOUNTS =
            Map.of(
                    "weibo",
                    Map.of(
                            "name", "bank",
                            "uid", "1902538057",
                            "app-key", "1000000001",
                            "app-secret", "test-weibo-secret",
                            "access-token", "test-weibo-token",
                            "api-base", "{sandbox}/weibo"),
                    "sms-aliyun",
                    Map.of(
                            "name", "aliyun",
                            "access-key-id", "LTAI5tTestTestTestTest01",
                            "access-key-secret", "test-aliyun-secret",
                            "sign-name", "小管家银行",
                            "text-template", "SMS_100000001",
                            "callback-key", "testAliyunCallbackKey01",
                            "api-base", "{sandbox}/sms-aliyun"),
                    "app",
                    Map.of(
                            "name", "web",
                            "session-key", "test-session-key-0123456789abcdef",
                            "token-algorithm", "HS256",
                            "token-key", "test-login-key-0123456789abcdef0",
                            "token-issuer", "test-login",
                            "token-audience", "guanjia",
                            "push-webhook", "{sandbox}/app/push/web",
                            "push-secret", "test-push-secret-0123456789abcdef"));

    /** That the browser has taken it for sound of some length. */
    private static final String PLAYABLE = "audio => audio.duration > 0.5";

    @TempDir static Path folder;
    private static Spine spine;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        Chromium.require(FourPhonesBrowserTest.class);
        spine = Spine.start(folder, ACCOUNTS);
        spine.wechat().customer("李雷");
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (spine != null) {
            chromium.close();
            spine.close();
        }
    }

    @Test
    void onePersonIsAnsweredOnFourChannelsSideBySide() {
        var page = chromium.open(spine.sandbox().resolve("/phones"), 1600, 900);

        for (var channel : CHANNELS) {
            Phone.on(page, channel).says("怎么还信用卡");
        }

        for (var channel : CHANNELS) {
            assertThat(Phone.on(page, channel).heard("还款").first()).isVisible();
        }
        var places =
                CHANNELS.stream()
                        .map(channel -> Phone.on(page, channel).frame().boundingBox())
                        .toList();
        assertThat(places)
                .extracting(place -> place.y)
                .as("in one row")
                .containsOnly(places.getFirst().y);
        assertThat(places.getLast().x + places.getLast().width).isLessThanOrEqualTo(1600);
        Chromium.picture(page, "four-phones-desktop-0-answered");
        page.setViewportSize(390, 844);
        Chromium.picture(page, "four-phones-phone-0-answered");
        page.context().close();
    }

    @Test
    void voiceNotesNoBrowserPlaysAreHeardAtTheDesk() throws IOException {
        var phones = chromium.open(spine.sandbox().resolve("/phones"), 1600, 900);
        var phone = Phone.on(phones, "App");
        phone.frame().getByText("发语音").click();
        phone.says("转人工");
        var agent = spine.desk();
        var conversation = awaitWaiting(agent, "app");
        agent.take(conversation);
        agent.sendFile(conversation, "voice", "tone.silk", tone());

        var desk = chromium.open(spine.address().resolve("/?c=" + conversation), 1440, 900);
        Chromium.signIn(desk, Spine.AGENT, Spine.PASSWORD);
        var notes = desk.locator(".voice");
        assertThat(notes).hasCount(2);
        for (var note : notes.all()) {
            note.getByText("播放语音").click();
            var audio = note.locator("audio");
            assertThat(audio).isVisible();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Boolean.TRUE.equals(audio.evaluate(PLAYABLE)));
        }
        Chromium.picture(desk, "four-phones-desk-voices");
        agent.handBack(conversation);
        desk.context().close();
        phones.context().close();
    }

    private static String awaitWaiting(DeskClient agent, String channel) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> waiting(agent).stream().anyMatch(one -> isOn(one, channel)));
        return waiting(agent).stream()
                .filter(one -> isOn(one, channel))
                .map(one -> one.get("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> waiting(DeskClient agent) {
        return agent.conversations("queue");
    }

    private static boolean isOn(JsonNode conversation, String channel) {
        return conversation.findPath("channel").asString().equals(channel);
    }

    /** A second of 440 Hz as WeChat records it (SILK v3, 24 kHz). */
    private static byte[] tone() throws IOException {
        try (var in = FourPhonesBrowserTest.class.getResourceAsStream("tone.silk")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
