package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
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

    @Test
    void anAgentReadsWhyAnAnswerWaits() {
        var conversation = samples.conversation("等回复", "agent", "xiaoli");
        answer(conversation, "template-send", null);
        answer(conversation, "custom-send", null);
        answer(conversation, "custom-send", "its own");
        shut("custom-send", "errcode 45009", "now() + interval '1 hour'");
        shut("template-send", "over", "now() - interval '1 second'");

        assertThat(reasons("/api/v1/conversations/" + conversation + "/messages"))
                .containsExactly("null", "errcode 45009", "its own");
        var party = samples.party(conversation);
        assertThat(reasons("/api/v1/messages?channel=wechat&account=full&party=" + party))
                .containsExactly("null", "errcode 45009", "its own");

        shut("*", "errcode 40125", "null");
        assertThat(reasons("/api/v1/conversations/" + conversation + "/messages"))
                .containsExactly("errcode 40125", "errcode 40125", "its own");

        samples.sql("delete from circuit where account = 'full'");
        assertThat(reasons("/api/v1/conversations/" + conversation + "/messages"))
                .containsExactly("null", "null", "its own");
    }

    private List<String> reasons(String path) {
        var reasons = new ArrayList<String>();
        for (var item : gateway.signedIn("xiaoli").get(path).json().get("items")) {
            reasons.add(item.at("/delivery/reason").asString("null"));
        }
        return reasons;
    }

    /** Of an account that this node does not send for. */
    private void answer(String conversation, String api, @Nullable String reason) {
        samples.sql(
                """
                update party set account = 'full'
                where id = (select party_id from conversation where id = '%1$s')
                """
                        .formatted(conversation));
        var message = samples.message(conversation, "回复");
        samples.sql(
                """
                with said as (
                    update message set direction = 'out', author_kind = 'agent'
                    where id = '%1$s' returning id, party_id)
                insert into delivery (id, message_id, party_id, channel, account, party, api,
                    uses_window, lane, state, reason, not_before, expires_at, created_at, changed_at)
                select gen_random_uuid(), s.id, p.id, p.channel, p.account, p.party, '%2$s',
                    true, 0, 'queued', %3$s, now() + interval '1 hour', now() + interval '2 hours',
                    now(), now()
                from said s join party p on p.id = s.party_id
                """
                        .formatted(message, api, reason == null ? "null" : "'" + reason + "'"));
    }

    private void shut(String api, String reason, String until) {
        samples.sql(
                """
                insert into circuit (channel, account, api, kind, reason, opened_at, until, probe_at)
                values ('wechat', 'full', '%s', 'blocked', '%s', now(), %s, now())
                """
                        .formatted(api, reason, until));
    }
}
