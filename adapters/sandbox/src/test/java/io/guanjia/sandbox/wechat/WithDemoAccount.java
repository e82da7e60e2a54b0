package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.wechat.callback.CallbackPace;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** A sandbox with one account, its server and a client, at noon in Beijing and in a hurry. */
abstract class WithDemoAccount {

    static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
    static final Duration TIMEOUT = Duration.ofMillis(500);

    Sandbox sandbox;
    AccountServer server;
    AccountClient client;
    WechatAccount account;
    Customer lilei;

    /** The first callback of a JVM takes longer than the short time-outs of these tests allow. */
    @BeforeAll
    static void warmUp() {
        try (var server = new AccountServer("warm-up");
                var sandbox = Sandbox.start(SandboxSettings.forTests(server.settings()))) {
            sandbox.wechat("warm-up").customer("李雷").says("一");
        }
    }

    @BeforeEach
    void start() {
        server = new AccountServer("demo");
        sandbox = Sandbox.start(sandboxSettings());
        account = sandbox.wechat("demo");
        client = new AccountClient(sandbox.wechatApiBase(), server.settings());
        lilei = account.customer("李雷");
    }

    SandboxSettings sandboxSettings() {
        return SandboxSettings.forTests(server.settings())
                .by(Clock.fixed(NOON, ZoneOffset.UTC))
                .at(CallbackPace.every(TIMEOUT));
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
