package io.guanjia.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.accounts.Finding.State;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.outbound.OpenCircuit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

class DiagnosisTest {

    private static final Instant NOW = Instant.parse("2026-03-02T04:00:00Z");
    private static final Contact HEARD = new Contact(NOW, null);

    @Test
    void isWellWhenNothingIsWrong() {
        assertThat(state(facts())).isEqualTo(State.WELL);
        assertThat(words(facts())).isEqualTo("正常。");
    }

    @Test
    void saysThatNothingHasComeInYet() {
        var unheard =
                new Facts(true, null, List.of(), List.of(), List.of(), Queue.EMPTY, Contact.NONE);

        assertThat(state(unheard)).isEqualTo(State.WELL);
        assertThat(words(unheard)).contains("还没有收到过消息", "回调地址");
    }

    @Test
    void isOffWhenSomebodySwitchedItOff() {
        var off =
                new Facts(
                        false,
                        null,
                        List.of(shut("*", null)),
                        List.of(),
                        List.of(),
                        Queue.EMPTY,
                        HEARD);

        assertThat(state(off)).isEqualTo(State.OFF);
    }

    @Test
    void isDownWhenThePlatformRefusesEverything() {
        var down = facts(shut("custom-send", null), shut("*", null));

        assertThat(state(down)).isEqualTo(State.DOWN);
        assertThat(words(down)).contains("全部消息", "errcode 40125", "恢复发送");
    }

    @Test
    void needsAttentionWhenOneWayOutIsShut() {
        var shut = facts(shut("custom-send", NOW.plus(Duration.ofHours(5))));

        assertThat(state(shut)).isEqualTo(State.ATTENTION);
        assertThat(words(shut)).contains("custom-send已停发", "约 5 小时后自动恢复");
        assertThat(HealthWords.of(Diagnosis.of(shut, NOW), "carrier", Locale.ENGLISH))
                .contains("Nothing is sent by custom-send", "about 5 h");
    }

    @Test
    void isWellWhileItIsOnlyAskedToSlowDown() {
        var slow =
                facts(
                        new OpenCircuit(
                                "carrier",
                                "main",
                                "send",
                                false,
                                "45011",
                                NOW,
                                NOW.plusSeconds(30)));

        assertThat(state(slow)).isEqualTo(State.WELL);
        assertThat(words(slow)).contains("放慢", "1 分钟", "无需处理");
    }

    @Test
    void needsAttentionWhenFewOfTheDaysCallsAreLeft() {
        assertThat(state(facts(CallsLeft.today("custom-send", 50_000, 500_000))))
                .isEqualTo(State.WELL);
        var few = facts(CallsLeft.today("custom-send", 49_999, 500_000));

        assertThat(state(few)).isEqualTo(State.ATTENTION);
        assertThat(words(few)).contains("custom-send 49999 次", "每天 500000 次", "零点");
    }

    @Test
    void needsAttentionWhenFewOfTheHoursCallsAreLeft() {
        assertThat(state(facts(CallsLeft.thisHour("user-calls", 15, 150)))).isEqualTo(State.WELL);
        var few = facts(CallsLeft.thisHour("user-calls", 14, 150));

        assertThat(state(few)).isEqualTo(State.ATTENTION);
        assertThat(words(few)).contains("user-calls 14 次", "每小时 150 次", "下个整点");
    }

    @Test
    void needsAttentionWhenThePackagesOfMessagesRunOut() {
        assertThat(state(facts(CallsLeft.inPackages("packages", 100, 1_000))))
                .isEqualTo(State.WELL);
        var none = facts(CallsLeft.inPackages("packages", 0, 1_000));

        assertThat(state(none)).isEqualTo(State.ATTENTION);
        assertThat(words(none)).contains("packages还剩 0 条", "共 1000 条", "购买");
        assertThat(HealthWords.of(Diagnosis.of(none, NOW), "carrier", Locale.ENGLISH))
                .contains("0 messages are left in packages", "of 1000");
    }

    @Test
    void isDownWithoutATokenOrALine() {
        assertThat(state(facts(HealthSign.ill("token", "refused")))).isEqualTo(State.DOWN);
        assertThat(words(facts(HealthSign.ill("token", "refused")))).contains("IP 白名单");
        assertThat(words(facts(HealthSign.ill("token", "down")))).contains("取不到访问凭据");
        assertThat(state(facts(HealthSign.ill("line", "down")))).isEqualTo(State.DOWN);
        assertThat(state(facts(HealthSign.well("line", null)))).isEqualTo(State.WELL);
    }

    @Test
    void needsAttentionWhenALineIsDownOnSomeNodesOnly() {
        var partly = seen(new Seen<>(HealthSign.ill("line", "down"), 1, 2));

        assertThat(state(partly)).isEqualTo(State.ATTENTION);
        assertThat(words(partly)).startsWith("2 个节点中有 1 个：到运营商的连接已断开");
        assertThat(HealthWords.of(Diagnosis.of(partly, NOW), "carrier", Locale.ENGLISH))
                .startsWith("On 1 of 2 nodes: The line to the carrier is down");
    }

    @Test
    void isDownWhenALineWorksOnNoNodeForWhateverReason() {
        var nowhere =
                seen(
                        new Seen<>(HealthSign.ill("line", "down"), 1, 2),
                        new Seen<>(HealthSign.ill("line", "refused"), 1, 2));

        assertThat(state(nowhere)).isEqualTo(State.DOWN);
        assertThat(words(nowhere)).startsWith("2 个节点中有 1 个：");
    }

    @Test
    void needsAttentionWhenOnlySomeNodesCanReadItsSecrets() {
        var partly =
                new Facts(
                        true,
                        new Seen<>(new Trouble.KeyMissing("2025-01"), 1, 3),
                        List.of(),
                        List.of(),
                        List.of(),
                        Queue.EMPTY,
                        HEARD);

        assertThat(state(partly)).isEqualTo(State.ATTENTION);
        assertThat(words(partly)).startsWith("3 个节点中有 1 个：").contains("“2025-01”");
    }

    @Test
    void saysWhatItHasNoSentenceFor() {
        var odd = facts(HealthSign.ill("menu", "gone"));

        assertThat(state(odd)).isEqualTo(State.ATTENTION);
        assertThat(words(odd)).isEqualTo("menu 不正常：gone。请到平台后台检查此账号。");
    }

    @Test
    void needsAttentionWhenMessagesGetStuck() {
        var since = NOW.minus(Duration.ofMinutes(7));

        assertThat(words(waiting(new Queue(3, 0, since, since, null)))).contains("3 条消息待发", "7 分钟");
        assertThat(words(waiting(new Queue(3, 0, since, since, "no-answer")))).contains("平台没有应答");
        assertThat(state(waiting(new Queue(3, 0, since, since, null)))).isEqualTo(State.ATTENTION);
        assertThat(state(waiting(new Queue(3, 9, since, NOW.minusSeconds(30), null))))
                .isEqualTo(State.WELL);
        assertThat(state(waiting(new Queue(0, 9, since, null, null)))).isEqualTo(State.WELL);
    }

    @Test
    void namesTheKeyThatIsMissing() {
        var sealed =
                new Facts(
                        true,
                        new Seen<>(new Trouble.KeyMissing("2025-01"), 2, 2),
                        List.of(),
                        List.of(),
                        List.of(),
                        Queue.EMPTY,
                        HEARD);

        assertThat(state(sealed)).isEqualTo(State.DOWN);
        assertThat(words(sealed)).contains("“2025-01”", "guanjia.security.encryption-keys");
    }

    @Test
    void saysEverythingThatCanBeWrongInBothLanguages() {
        var troubles =
                List.of(
                        new Trouble.KeyMissing("k"),
                        new Trouble.Altered(),
                        new Trouble.NotValid("user must be 6 digits"),
                        new Trouble.NameTaken(),
                        new Trouble.NotTaken());
        for (var trouble : troubles) {
            var facts =
                    new Facts(
                            true,
                            new Seen<Trouble>(trouble, 1, 1),
                            List.of(),
                            List.of(),
                            List.of(),
                            Queue.EMPTY,
                            HEARD);
            var finding = Diagnosis.of(facts, NOW);

            assertThat(HealthWords.of(finding, "carrier", Locale.CHINESE))
                    .containsPattern("\\p{IsHan}")
                    .isNotEqualTo(finding.sentence());
            assertThat(HealthWords.of(finding, "carrier", Locale.ENGLISH))
                    .doesNotContainPattern("\\p{IsHan}")
                    .isNotEqualTo(finding.sentence());
        }
    }

    private static State state(Facts facts) {
        return Diagnosis.of(facts, NOW).state();
    }

    private static String words(Facts facts) {
        return HealthWords.of(Diagnosis.of(facts, NOW), "carrier", Locale.CHINESE);
    }

    private static Facts facts(OpenCircuit... circuits) {
        return new Facts(true, null, List.of(circuits), List.of(), List.of(), Queue.EMPTY, HEARD);
    }

    private static Facts facts(CallsLeft calls) {
        return new Facts(true, null, List.of(), List.of(), List.of(calls), Queue.EMPTY, HEARD);
    }

    private static Facts facts(HealthSign sign) {
        return seen(new Seen<>(sign, 1, 1));
    }

    @SafeVarargs
    private static Facts seen(Seen<HealthSign>... signs) {
        return new Facts(true, null, List.of(), List.of(signs), List.of(), Queue.EMPTY, HEARD);
    }

    private static Facts waiting(Queue queue) {
        return new Facts(true, null, List.of(), List.of(), List.of(), queue, HEARD);
    }

    private static OpenCircuit shut(String api, @Nullable Instant until) {
        return new OpenCircuit("carrier", "main", api, true, "errcode 40125", NOW, until);
    }
}
