package io.guanjia.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

class OptOutsTest {

    private final OptOuts optOuts = new OptOuts(new Channels(List.of(new Both())));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "R", "r", " T ", "TD", "td\n", "ＴＤ", "Ｒ", "N", "0000", "００００", "退订", "退订。", "“拒收”",
                "stop", "　退订　"
            })
    void knowARefusalHoweverItIsWritten(String text) {
        assertThat(optOuts.isOne(said(Both.BY_CONSENT, text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"。", "RR", "怎么退订", "拒收一件快递", "TD 是什么", "1", "不要退订", "000"})
    void takeNothingElseForOne(String text) {
        assertThat(optOuts.isOne(said(Both.BY_CONSENT, text))).isFalse();
    }

    @Test
    void leaveLettersAloneWhereWeWriteToNobodyFirst() {
        assertThat(optOuts.isOne(said(Both.ANSWERS, "T"))).isFalse();
        assertThat(optOuts.isOne(said("gone", "TD"))).isFalse();
    }

    private static InboundMessage said(String account, String words) {
        var now = Instant.parse("2026-03-02T08:30:20Z");
        return new InboundMessage(
                new Address("both", account, "+8613700000001"),
                "key",
                null,
                new Content.Text(words),
                Trigger.MESSAGE,
                now,
                now,
                "");
    }

    /** One account that answers, and one that writes to whoever has consented. */
    private static final class Both implements Channel {

        static final String ANSWERS = "answers";
        static final String BY_CONSENT = "by-consent";

        @Override
        public String name() {
            return "both";
        }

        @Override
        public Collection<ChannelAccount> accounts() {
            return List.of(
                    account(ANSWERS, Initiative.CUSTOMER), account(BY_CONSENT, Initiative.CONSENT));
        }

        private static ChannelAccount account(String name, Initiative initiative) {
            return new ChannelAccount(
                    name,
                    true,
                    null,
                    List.of(),
                    Map.of(),
                    Capabilities.words(TextLimit.sms(500, 0)).begunBy(initiative).build());
        }

        @Override
        public Mono<CallbackResponse> handshake(Callback callback) {
            return Mono.empty();
        }

        @Override
        public Mono<Reading> read(Callback callback) {
            return Mono.empty();
        }

        @Override
        public Route route(Content content) {
            return new Route("send", false);
        }

        @Override
        public Mono<Accepted> deliver(OutboundMessage message) {
            return Mono.empty();
        }
    }
}
