package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.wechat.callback.CallbackPace;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** A sandbox with one account, its server and a client, at noon in Beijing. */
abstract class WithDemoAccount {

    static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

    Sandbox sandbox;
    AccountServer server;
    AccountClient client;
    WechatAccount account;
    Customer lilei;

    @BeforeEach
    void start() {
        server = new AccountServer("demo");
        sandbox = Sandbox.start(sandboxSettings());
        account = sandbox.wechat("demo");
        client =
                new AccountClient(
                        sandbox.wechatApiBase(), server.settings(), Duration.ofSeconds(10));
        lilei = account.customer("李雷");
    }

    SandboxSettings sandboxSettings() {
        return SandboxSettings.forTests(server.settings())
                .by(Clock.fixed(NOON, ZoneOffset.UTC))
                .at(pace());
    }

    /** As patient as the platform, but quick to try again. */
    CallbackPace pace() {
        return new CallbackPace(Duration.ofSeconds(5), Duration.ofMillis(50), 3);
    }

    @AfterEach
    void stop() {
        sandbox.stop();
        server.close();
    }

    static int code(JsonNode answer) {
        return answer.path("errcode").asInt(0);
    }
}
