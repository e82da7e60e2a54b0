package io.guanjia.trials.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.guanjia.trials.faults.Scene.Size;

import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** All trials, one after the other, on the same two nodes. */
public final class FaultRun {

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

    private FaultRun() {}

    /** Carries out the trials named, or all of them, and prints their books. */
    public static void main(String[] args) {
        var wanted = Set.of(args);
        // A killed node is no news to who killed it.
        ((Logger) LoggerFactory.getLogger("reactor.netty")).setLevel(Level.ERROR);
        var ledgers = new LinkedHashMap<Trial, Ledger>();
        try (var scene = Scene.set("faults", Size.SHORT)) {
            for (var trial : TRIALS) {
                if (wanted.isEmpty() || wanted.contains(trial.number())) {
                    var ledger = trial.run(scene);
                    ledgers.put(trial, ledger);
                    System.out.println(trial.number() + " " + ledger.problems() + " " + ledger);
                }
            }
        }
    }
}
