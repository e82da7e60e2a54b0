package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.bot.Bot;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.downgrade.Downgrade;
import io.guanjia.gateway.downgrade.FileLinks;
import io.guanjia.gateway.downgrade.ShortLinks;
import io.guanjia.gateway.handoff.Attendance;
import io.guanjia.gateway.handoff.DeskHours;
import io.guanjia.gateway.handoff.HandoffSettings;
import io.guanjia.gateway.journal.JournalCodec;
import io.guanjia.gateway.journal.JournalSettings;
import io.guanjia.gateway.link.KeptLinks;
import io.guanjia.gateway.live.AnswerBoard;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.media.MediaIntake;
import io.guanjia.gateway.outbound.Deliveries;
import io.guanjia.gateway.outbound.Outbox;
import io.guanjia.gateway.outbound.Receipts;
import io.guanjia.gateway.outbound.WindowLedger;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** Wires who answers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ConversationSettings.class, HandoffSettings.class})
public class ConversationConfiguration {

    @Bean
    DeskHours deskHours(HandoffSettings settings, Attendance attendance, Clock clock) {
        return new DeskHours(settings, attendance, clock);
    }

    @Bean
    Dialogue dialogue(ConversationSettings settings, MessageSource messages) {
        return new Dialogue(
                settings.botFailures(),
                new Phrases(messages, settings.locale()),
                new MenuWords(settings.menu()));
    }

    @Bean
    ConversationJson conversationJson(JsonMapper json) {
        return new ConversationJson(json);
    }

    @Bean
    ConversationStore conversationStore(
            DatabaseClient db, ConversationJson json, Ids ids, Clock clock) {
        return new ConversationStore(db, json, ids, clock);
    }

    @Bean
    ConversationCommit conversationCommit(
            DatabaseClient db,
            TransactionalOperator transactions,
            ConversationJson json,
            Outbox outbox,
            WindowLedger windows,
            MediaIntake files,
            KeptLinks links,
            MessageSource messages,
            ConversationSettings settings,
            Ids ids) {
        var preview = new Preview(messages, settings.locale());
        return new ConversationCommit(
                db, transactions, json, outbox, windows, files, links, preview, settings, ids);
    }

    @Bean
    ConversationEngine conversationEngine(
            ConversationStore store,
            ConversationCommit commit,
            Dialogue dialogue,
            Channels channels,
            Bot bot,
            DeskHours hours,
            Sayable sayable,
            Receipts receipts,
            Outbox outbox,
            Doorbell doorbell,
            AnswerBoard board,
            ConversationSettings settings,
            Ids ids,
            Clock clock) {
        return new ConversationEngine(
                store,
                commit,
                dialogue,
                new OptOuts(channels),
                bot,
                hours,
                sayable,
                receipts,
                outbox,
                doorbell,
                board,
                settings,
                ids,
                clock);
    }

    @Bean
    DeadLetters deadLetters(
            DatabaseClient db,
            JournalCodec codec,
            ConversationEngine engine,
            Ids ids,
            Clock clock) {
        return new DeadLetters(db, codec, engine, ids, clock);
    }

    @Bean
    JournalWork journalWork(
            JournalSettings journal,
            JournalCodec codec,
            ConversationEngine engine,
            Channels channels,
            OneTimeCodes codes,
            DeadLetters deadLetters,
            MeterRegistry meters,
            Clock clock) {
        var effects = new KeepCodes(channels, codes, engine);
        return new JournalWork(journal.lanes(), codec, effects, deadLetters, meters, clock);
    }

    @Bean
    Sayable sayable(
            Channels channels,
            MessageSource messages,
            ConversationSettings settings,
            FileLinks files,
            ShortLinks pages) {
        return new Sayable(channels, new Downgrade(messages, settings.locale(), files, pages));
    }

    @Bean
    Recalls recalls(
            DatabaseClient db,
            Channels channels,
            MessageSource messages,
            ConversationSettings settings,
            Clock clock) {
        return new Recalls(db, channels, new Preview(messages, settings.locale()), clock);
    }

    @Bean
    DeskWork deskCommands(
            ConversationStore store,
            ConversationCommit commit,
            Dialogue dialogue,
            Deliveries deliveries,
            Recalls recalls,
            Sayable sayable,
            Outbox outbox,
            Doorbell doorbell,
            Ids ids,
            Clock clock) {
        return new DeskWork(
                store,
                commit,
                dialogue,
                deliveries,
                recalls,
                sayable,
                outbox,
                doorbell,
                ids,
                clock);
    }

    @Bean
    Notices notices(
            ConversationStore store,
            ConversationCommit commit,
            Sayable sayable,
            Outbox outbox,
            Doorbell doorbell,
            Ids ids,
            Clock clock) {
        return new Notices(store, commit, sayable, outbox, doorbell, ids, clock);
    }

    @Bean
    AbsentAgents absentAgents(DatabaseClient db, DeskWork desk, HandoffSettings settings) {
        return new AbsentAgents(db, desk, settings);
    }
}
