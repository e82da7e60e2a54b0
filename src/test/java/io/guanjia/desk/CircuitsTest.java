package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.junit.jupiter.api.Test;

import java.util.Map;

final class CircuitsTest {

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @Test
    void whoSupervisesSeesAWayThatIsShutAndOpensItAgain() {
        samples.sql(
                """
                insert into circuit (channel, account, api, kind, reason, opened_at, probe_at)
                values ('wechat', 'shut', '*', 'blocked', 'errcode 40125', now(), now())
                """);
        var supervisor = gateway.signedIn("zhuguan");

        var shown = supervisor.get("/api/v1/circuits");
        assertThat(shown.json().toString())
                .contains("\"account\":\"shut\"", "\"alarm\":true", "errcode 40125");

        var way = Map.of("channel", "wechat", "account", "shut", "api", "*");
        assertThat(supervisor.post("/api/v1/circuits/close", way).status()).isEqualTo(204);
        assertThat(supervisor.get("/api/v1/circuits").body()).doesNotContain("\"shut\"");
    }
}
