package io.guanjia.gateway.inbound;

import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.Contacts;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.journal.Journal;
import io.guanjia.gateway.live.AnswerBoard;
import io.guanjia.gateway.outbound.PassiveReplies;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import java.time.Clock;

/** Wires the endpoint that platforms call. */
@Configuration(proxyBeanMethods = false)
public class InboundConfiguration {

    /** For channels that are not called, but hold a connection or fetch. */
    @Bean
    Intake intake(Journal journal, MeterRegistry meters, Contacts contacts) {
        return new JournalIntake(journal, new InboundMetrics(meters, contacts));
    }

    @Bean
    RouterFunction<ServerResponse> callbackRoutes(
            Channels channels,
            Journal journal,
            AnswerBoard board,
            PassiveReplies replies,
            ReactiveStringRedisTemplate redis,
            MeterRegistry meters,
            Contacts contacts,
            Clock clock) {
        var metrics = new InboundMetrics(meters, contacts);
        var answers = new AnswerInTime(board, replies, clock);
        var receive = new ReceiveCallback(channels, journal, new Tries(redis), answers, metrics);
        return new CallbackRoutes(receive, answers, metrics, clock).routes();
    }
}
