package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.UUID;

final class NamesTest {

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @Test
    void aCustomerIsCalledWhatPeopleAtTheDeskCallThem() {
        var conversation = samples.conversation("x", "bot", null);
        var name = "张三" + UUID.randomUUID();
        var agent = gateway.signedIn("xiaoli");

        var named = agent.put("/api/v1/conversations/" + conversation + "/name", name(name));

        assertThat(named.status()).as(named.toString()).isEqualTo(200);
        assertThat(named.json().get("name").asString()).isEqualTo(name);
        assertThat(named.json().at("/changes/0/reason").asString()).isEqualTo("named");
        assertThat(named.json().at("/changes/0/by/name").asString()).isEqualTo("小李");
        assertThat(agent.get("/api/v1/conversations?view=bot&q=" + name.substring(2)).body())
                .contains(conversation);
    }

    @Test
    void aNameCanBeTakenAwayAndIsNotGivenToOtherPeoplesCustomers() {
        var theirs = samples.conversation("x", "agent", "xiaowang");

        assertThat(
                        gateway.signedIn("xiaoli")
                                .put("/api/v1/conversations/" + theirs + "/name", name("y"))
                                .status())
                .isEqualTo(404);
        var unnamed =
                gateway.signedIn("xiaowang")
                        .put("/api/v1/conversations/" + theirs + "/name", name(" "));
        assertThat(unnamed.json().get("name").isNull()).isTrue();
    }

    private static Map<String, String> name(String name) {
        return Map.of("name", name);
    }
}
