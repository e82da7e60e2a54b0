package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.embedded.EmbeddedServers;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;

class DatabaseOutageTest {

    @Test
    void aDatabaseThatDiesInMidCampaignCostsNoMessageAndDoublesNone() {
        var postgres = EmbeddedServers.shared().postgres();
        try (var house = new House()) {
            var node = house.node(House.settings(4), null);
            house.channel.platform =
                    message -> Mono.delay(Duration.ofMillis(10)).then(house.channel.take(message));
            for (var i = 0; i < 60; i++) {
                var customer = house.at(FakeChannel.SERVICE, "party" + i);
                house.writes(node, customer);
                house.say(node, customer, "您好");
            }

            node.started();
            await().until(() -> house.channel.said.size() > 10);
            postgres.kill();
            postgres.start();

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> house.count("state in ('queued', 'sending')") == 0);
            assertThat(house.channel.saidTo).doesNotHaveDuplicates().hasSize(60);
            assertThat(house.count("state = 'accepted'")).isEqualTo(60);
        }
    }
}
