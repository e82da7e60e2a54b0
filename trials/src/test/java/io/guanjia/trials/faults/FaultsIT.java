package io.guanjia.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.guanjia.trials.channels.BroughtAgain;
import io.guanjia.trials.channels.ChannelTrial;
import io.guanjia.trials.channels.OneIsIll;
import io.guanjia.trials.channels.OutOfOrder;
import io.guanjia.trials.channels.Street;
import io.guanjia.trials.channels.TooMuch;
import io.guanjia.trials.faults.Scene.Size;
import io.guanjia.trials.process.Machine;
import io.guanjia.trials.process.NodeSettings;
import io.guanjia.trials.process.Places;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The gateway broken on purpose: short in {@code mvn verify}, in full with {@code mvn -Pfaults
 * verify}, which also writes {@code results/faults.md}. {@code -Dtrials.only=F1,F5} leaves the
 * others out.
 */
class FaultsIT {

    private static final List<Trial> TRIALS =
            List.of(
                    new NodeKilled(),
                    new HandoffBroken(),
                    new RedisForgets(),
                    new JournalGone(),
                    new PlatformRefuses(),
                    new Repeated(),
                    new Poison(),
                    // Last: it needs nodes of its own.
                    new TokensRevoked());

    private static final List<ChannelTrial> EVERY_CHANNEL =
            List.of(
                    new BroughtAgain(),
                    new OutOfOrder(),
                    new TooMuch(),
                    new OneIsIll(named("trials.ill")));

    private static @Nullable Scene scene;
    private static @Nullable Street street;
    private static FaultReport report;

    @BeforeAll
    static void start() {
        // A killed node is no news to who killed it.
        ((Logger) LoggerFactory.getLogger("reactor.netty")).setLevel(Level.ERROR);
        report =
                new FaultReport(
                        full() ? "mvn -Pfaults verify" : "mvn verify",
                        Machine.facts(),
                        NodeSettings.lines());
    }

    @AfterAll
    static void stop() {
        clear();
        var folder = full() && only().isEmpty() ? Places.results() : Places.scratch();
        report.write(folder.resolve("faults.md"));
    }

    /** Where the trials take place is made for the first that needs it; one at a time. */
    private static void clear() {
        if (scene != null) {
            scene.close();
            scene = null;
        }
        if (street != null) {
            street.close();
            street = null;
        }
    }

    private static Scene scene(Trial trial) {
        var there = scene;
        if (there == null || !there.settings().equals(trial.settings())) {
            clear();
            there = Scene.set("faults", size(), trial.settings());
            scene = there;
        }
        return there;
    }

    private static Street street() {
        var there = street;
        if (there == null) {
            clear();
            there = Street.open(full());
            street = there;
        }
        return there;
    }

    static Stream<Trial> trials() {
        return TRIALS.stream().filter(t -> only().isEmpty() || only().contains(t.number()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("trials")
    void nothingAcknowledgedIsLostAndNothingIsDoneTwice(Trial trial) {
        var place = scene(trial);
        var fault = trial.fault(place);
        var ledger = trial.run(place);
        report.add(trial.number(), fault, ledger);
        System.out.println(trial.number() + " " + ledger);
        assertThat(ledger.problems()).as("%s: %s", fault, ledger).isEmpty();
    }

    static Stream<ChannelTrial> everyChannel() {
        return EVERY_CHANNEL.stream().filter(t -> only().isEmpty() || only().contains(t.number()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("everyChannel")
    void theSameHoldsForEveryChannel(ChannelTrial trial) {
        var ledgers = trial.run(street());
        var problems = new LinkedHashMap<String, List<String>>();
        ledgers.forEach(
                (channel, ledger) -> {
                    report.add(trial.number(), channel + ": " + trial.fault(street()), ledger);
                    System.out.println(trial.number() + " " + channel + " " + ledger);
                    if (!ledger.clean()) {
                        problems.put(channel, ledger.problems());
                    }
                });
        assertThat(problems).as(trial.fault(street())).isEmpty();
    }

    private static boolean full() {
        return size() == Size.FULL;
    }

    private static Size size() {
        return Size.valueOf(System.getProperty("trials.faults", "short").toUpperCase(Locale.ROOT));
    }

    private static Set<String> only() {
        return named("trials.only");
    }

    private static Set<String> named(String property) {
        var names = System.getProperty(property, "");
        return names.isBlank() ? Set.of() : Set.of(names.strip().split("\\s*,\\s*"));
    }
}
