package io.guanjia.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.guanjia.trials.faults.Scene.Size;
import io.guanjia.trials.process.Machine;
import io.guanjia.trials.process.Places;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

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
                    new TokensRevoked(),
                    new Repeated(),
                    new Poison());

    private static Scene scene;
    private static FaultReport report;

    @BeforeAll
    static void start() {
        // A killed node is no news to who killed it.
        ((Logger) LoggerFactory.getLogger("reactor.netty")).setLevel(Level.ERROR);
        report = new FaultReport(full() ? "mvn -Pfaults verify" : "mvn verify", Machine.facts());
        scene = Scene.set("faults", size());
    }

    @AfterAll
    static void stop() {
        if (scene != null) {
            scene.close();
            var folder = full() && only().isEmpty() ? Places.results() : Places.scratch();
            report.write(folder.resolve("faults.md"));
        }
    }

    static Stream<Trial> trials() {
        return TRIALS.stream().filter(t -> only().isEmpty() || only().contains(t.number()));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void nothingAcknowledgedIsLostAndNothingIsDoneTwice(Trial trial) {
        var ledger = trial.run(scene);
        report.add(trial, trial.fault(scene), ledger);
        System.out.println(trial.number() + " " + ledger);
        assertThat(ledger.problems()).as("%s: %s", trial.fault(scene), ledger).isEmpty();
    }

    private static boolean full() {
        return size() == Size.FULL;
    }

    private static Size size() {
        return Size.valueOf(System.getProperty("trials.faults", "short").toUpperCase(Locale.ROOT));
    }

    private static Set<String> only() {
        var only = System.getProperty("trials.only", "");
        return only.isBlank() ? Set.of() : Set.of(only.strip().split("\\s*,\\s*"));
    }
}
