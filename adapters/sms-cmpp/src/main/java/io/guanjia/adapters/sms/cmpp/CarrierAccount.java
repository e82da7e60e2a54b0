package io.guanjia.adapters.sms.cmpp;

import io.guanjia.adapters.sms.line.LineState;
import io.guanjia.adapters.sms.line.Lines;
import io.guanjia.adapters.sms.line.Timing;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.Report;
import io.guanjia.cmpp.protocol.UserDataHeader;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.message.OutboundMessage;
import io.netty.channel.EventLoopGroup;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One account at work: its lines, what goes out over them and what comes in. */
final class CarrierAccount {

    private final CmppAccount settings;
    private final Lines<Pdu> lines;
    private final PartReports reports;
    private final Submitting submitting;
    private final DeliverReader reader;
    private final Assembly assembly;
    private final DurableIntake intake;

    CarrierAccount(CmppAccount settings, Surroundings around, EventLoopGroup group) {
        var clock = around.clock();
        this.settings = settings;
        this.reader = new DeliverReader(settings, clock);
        this.intake = new DurableIntake(around.intake());
        this.assembly = new Assembly(settings, around.arrived(), reader, intake);
        this.reports = new PartReports(around.parts().apply(settings.name()));
        this.lines =
                new Lines<>(
                        CmppChannel.NAME + '/' + settings.name(),
                        settings.address(),
                        settings.port(),
                        settings.connections(),
                        new CmppDialect(settings, clock),
                        around.pauses().apply(settings.timing()),
                        this::receive,
                        group,
                        clock);
        this.submitting = new Submitting(settings, lines, reports);
    }

    /**
     * What all accounts share.
     *
     * @param arrived parts of what phones say
     * @param parts of what we say, by the account's name
     * @param pauses changes how lines come back, which no setting does
     */
    record Surroundings(
            Intake intake,
            Clock clock,
            ArrivedParts arrived,
            Function<String, SharedParts> parts,
            UnaryOperator<Timing> pauses) {}

    CmppAccount settings() {
        return settings;
    }

    /** Connects, and goes on doing so until {@link #close}. */
    void open() {
        lines.open();
        assembly.open();
    }

    Mono<Accepted> deliver(OutboundMessage message) {
        return submitting.submit(message);
    }

    /** Whether none of its lines is let in. */
    boolean isRefused() {
        return lines.refusal() != null;
    }

    HealthSign health() {
        var states = lines.states();
        if (states.stream().allMatch(LineState.UP::equals)) {
            return HealthSign.well("line", null);
        }
        if (states.contains(LineState.UP)) {
            return HealthSign.ill("connections", "partial");
        }
        return HealthSign.ill("line", lines.refusal() == null ? "down" : "refused");
    }

    Mono<Void> close(Duration grace) {
        return Mono.defer(
                () -> lines.close(grace).doOnTerminate(this::letGo).doOnCancel(this::letGo));
    }

    private void letGo() {
        assembly.close();
        intake.close();
    }

    private void receive(Pdu request, Consumer<Pdu> answer) {
        if (!(request instanceof Deliver deliver)) {
            return;
        }
        Runnable weHaveIt =
                () -> answer.accept(new Pdu.DeliverAnswer(deliver.sequence(), deliver.msgId(), 0));
        if (deliver.isReport()) {
            receiveReport(deliver, weHaveIt);
        } else {
            receiveMessage(deliver, weHaveIt);
        }
    }

    private void receiveMessage(Deliver deliver, Runnable weHaveIt) {
        var header = UserDataHeader.of(deliver.data());
        var part = header == null ? null : header.part();
        if (part == null || part.total() == 1) {
            intake.take(reader.message(deliver, header), weHaveIt);
        } else {
            assembly.add(deliver, part, weHaveIt);
        }
    }

    private void receiveReport(Deliver deliver, Runnable weHaveIt) {
        var report = Report.read(deliver.data().content());
        if (report == null) {
            // No report that we can read; a person may.
            intake.take(reader.message(deliver, null), weHaveIt);
            return;
        }
        var outcome = DeliverReader.outcome(report);
        if (outcome == null) {
            weHaveIt.run();
            return;
        }
        var phone = PhoneNumbers.party(report.destination());
        if (reports.holds(report.msgId(), phone, () -> receiveReport(deliver, weHaveIt))) {
            return;
        }
        reports.take(report.msgId(), outcome)
                .subscribe(
                        verdict -> {
                            if (verdict.outcome() == null) {
                                weHaveIt.run();
                            } else {
                                intake.take(
                                        reader.receipt(
                                                deliver,
                                                report,
                                                verdict.platformId(),
                                                verdict.outcome()),
                                        weHaveIt);
                            }
                        });
    }
}
