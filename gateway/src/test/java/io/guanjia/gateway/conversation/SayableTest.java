package io.guanjia.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.downgrade.Downgrade;
import io.guanjia.gateway.downgrade.Said;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class SayableTest {

    private static final Address CUSTOMER = new Address("menus", "demo", "李雷");

    private final Sayable sayable =
            new Sayable(
                    new Channels(List.of(new OneEntry())),
                    new Downgrade(
                            words(), Locale.CHINESE, _ -> Optional.empty(), _ -> Optional.empty()));

    @Test
    void saysInTheNearestWayWhatAPlatformsMenuHasNoRoomFor() {
        var fits = menu("怎么还款");
        var full = menu("怎么还款", "怎么提额");

        assertThat(sayable.require(CUSTOMER, fits)).containsExactly(Said.asItIs(fits));
        assertThat(sayable.require(CUSTOMER, full))
                .containsExactly(
                        Said.asItIs(new Content.Text("您想问的是：\n1. 怎么还款\n2. 怎么提额\n回复序号即可。")));
    }

    @Test
    void refusesWhatNothingStandsFor() {
        var card = new Content.Native("card", Map.of());

        assertThatThrownBy(() -> sayable.require(CUSTOMER, card))
                .isInstanceOf(DeskRefusal.CannotSay.class);
        assertThat(sayable.orAsItIs(CUSTOMER, card)).containsExactly(Said.asItIs(card));
    }

    @Test
    void knowsAfterWhatOneThingMayBeSaidAndNoMore() {
        assertThat(sayable.isOneOnly(CUSTOMER, Trigger.MENTION)).isTrue();
        assertThat(sayable.isOneOnly(CUSTOMER, Trigger.MESSAGE)).isFalse();
        assertThat(sayable.isOneOnly(CUSTOMER, Trigger.FOLLOW)).isFalse();
        assertThat(sayable.isOneOnly(CUSTOMER, null)).isFalse();
        assertThat(sayable.isOneOnly(new Address("menus", "gone", "李雷"), Trigger.MENTION))
                .isFalse();
    }

    private static Content.Suggestions menu(String... labels) {
        return new Content.Suggestions(
                "您想问的是：",
                List.of(labels).stream().map(label -> new Content.Option(label, label)).toList(),
                null);
    }

    private static ResourceBundleMessageSource words() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("customer");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        return words;
    }

    /** Its menus have room for one entry, and it takes no native content. */
    private static final class OneEntry implements Channel {

        @Override
        public String name() {
            return "menus";
        }

        @Override
        public Collection<ChannelAccount> accounts() {
            return List.of(
                    new ChannelAccount(
                            "demo",
                            true,
                            null,
                            List.of(
                                    new WindowRule(Trigger.MESSAGE, 99, Duration.ofHours(48)),
                                    new WindowRule(Trigger.MENTION, 1, Duration.ofHours(48))),
                            Map.of(),
                            Capabilities.words(TextLimit.bytes(2048))
                                    .sends(Kind.SUGGESTIONS, Kind.NATIVE)
                                    .build()));
        }

        @Override
        public boolean canSay(String account, Content content) {
            return !(content instanceof Content.Native)
                    && !(content instanceof Content.Suggestions menu && menu.options().size() > 1);
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
            return new Route("send", true);
        }

        @Override
        public Mono<Accepted> deliver(OutboundMessage message) {
            return Mono.just(new Accepted(""));
        }
    }
}
