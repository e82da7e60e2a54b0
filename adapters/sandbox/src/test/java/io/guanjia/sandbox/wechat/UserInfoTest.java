package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

class UserInfoTest extends WithDemoAccount {

    @Test
    void aFollowerHasAUnionidButNoNameAnyMore() {
        var info = info(lilei);

        assertThat(info.path("subscribe").asInt()).isEqualTo(1);
        assertThat(info.path("openid").asString()).isEqualTo(lilei.openId());
        assertThat(info.path("nickname").asString()).isEmpty();
        assertThat(info.path("unionid").asString()).isEqualTo(lilei.unionId());
        assertThat(info.path("subscribe_time").asLong()).isEqualTo(NOON.getEpochSecond());
    }

    @Test
    void whoeverLeftIsNotASubscriber() {
        lilei.unsubscribes();
        assertThat(info(lilei).path("subscribe").asInt(-1)).isZero();
        assertThat(info(lilei).has("subscribe_time")).isFalse();
    }

    @Test
    void theSamePersonIsAnotherOpenidButTheSameUnionidInAnotherAccount() {
        var other = sandbox.wechat().open(AccountSettings.named("other", server.url()));
        var there = other.customer("李雷");

        assertThat(there.openId()).isNotEqualTo(lilei.openId());
        assertThat(there.unionId()).isEqualTo(lilei.unionId());
        assertThat(code(info(there))).as("a foreign openid").isEqualTo(40003);
    }

    @Test
    void followersCanBeListed() {
        account.stranger("林涛");
        assertThat(
                        client.get("user/get?access_token=" + client.goodToken())
                                .path("data")
                                .path("openid")
                                .size())
                .isEqualTo(1);
    }

    private JsonNode info(Customer customer) {
        return client.get(
                "user/info?access_token=" + client.goodToken() + "&openid=" + customer.openId());
    }
}
