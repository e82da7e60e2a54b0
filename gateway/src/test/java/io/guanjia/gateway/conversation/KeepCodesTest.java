package io.guanjia.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.journal.JournalRecord;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class KeepCodesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-03-02T08:31:00Z");
    private static final Address LILEI = new Address("kf", "main", "李雷");
    private static final Event ENTERED =
            new Event.Entered("enter_session", Map.of("welcome_code", "WELCOME"));

    private final List<String> happened = new ArrayList<>();
    private final KeepCodes work =
            new KeepCodes(
                    new Channels(List.of(new Welcoming())),
                    new Noted(),
                    records ->
                            Mono.fromRunnable(() -> happened.add("worked on " + records.size())));

    @Test
    void aCodeIsKeptBeforeAnAnswerMayWantIt() {
        work(said(LILEI, ENTERED), said(LILEI, new Content.Text("在吗")));

        assertThat(happened).containsExactly("kept WELCOME for kf/main/李雷", "worked on 2");
    }

    @Test
    void whatBringsNoCodeIsWorkedOnWithoutAny() {
        work(
                said(LILEI, new Content.Text("在吗")),
                said(new Address("gone", "main", "李雷"), ENTERED),
                new Receipt(LILEI, "r1", "MSG-1", Receipt.Outcome.FAILED, null, NOW, "{}"));

        assertThat(happened).containsExactly("worked on 3");
    }

    private void work(Inbound... inbound) {
        work.work(List.of(inbound).stream().map(one -> new JournalRecord(one, null)).toList())
                .block(PATIENCE);
    }

    private static InboundMessage said(Address from, Content content) {
        return new InboundMessage(from, "m1", "1", content, null, NOW, NOW, "{}");
    }

    private final class Noted implements OneTimeCodes {

        @Override
        public Mono<Void> keep(Address party, Code code) {
            return Mono.fromRunnable(
                    () -> happened.add("kept " + code.code() + " for " + party.key()));
        }

        @Override
        public Mono<Code> take(Address party) {
            return Mono.empty();
        }
    }

    /** Lets us greet whoever comes in. */
    private static final class Welcoming implements Channel {

        @Override
        public String name() {
            return "kf";
        }

        @Override
        public Collection<ChannelAccount> accounts() {
            return List.of();
        }

        @Override
        public Optional<Code> codeOf(InboundMessage message) {
            return message.content() instanceof Event.Entered
                    ? Optional.of(new Code("WELCOME", NOW.plusSeconds(20)))
                    : Optional.empty();
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
