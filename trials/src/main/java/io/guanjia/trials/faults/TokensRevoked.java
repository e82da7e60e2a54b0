package io.guanjia.trials.faults;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wechat.Tokens;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** F8: the access token dies while a hundred answers are on their way from two nodes. */
final class TokensRevoked implements Trial {

    private static final int SENDS = 100;

    /** So many of them have begun when the token dies, some of which are through. */
    private static final int BEFORE = 60;

    /** At the account's 100 calls a second, those that have begun are still under way. */
    private static final Duration CALL = Duration.ofSeconds(1);

    /** At least so many of them hear that it died. */
    private static final int REFUSED = 20;

    @Override
    public String number() {
        return "F8";
    }

    @Override
    public String fault(Scene scene) {
        return "access token revoked (40001), then expired (42001), under %d sends, ×%d"
                .formatted(SENDS, rounds(scene));
    }

    /** The nodes would otherwise have two calls under way each. */
    @Override
    public Map<String, String> settings() {
        return Map.of("guanjia.outbound.concurrency-per-api", "64", "guanjia.outbound.ahead", "64");
    }

    private static int rounds(Scene scene) {
        return scene.size().of(1, 5);
    }

    @Override
    public Ledger run(Scene scene) {
        var slow = scene.pushing().faults().add(Fault.always(Burst.SEND, new Effect.Delay(CALL)));
        var run = new Run(scene);
        for (int round = 0; round < rounds(scene); round++) {
            run.epoch("revoked-" + round, Tokens::revokeAll);
            run.epoch("expired-" + round, Tokens::expireAll);
        }
        scene.pushing().faults().remove(slow.id());
        var ledger = scene.books(scene.pushing(), number()).close(run.offers, Map.of(), run.blows);
        return ledger.with(ledger.recoveries(), run.findings);
    }

    private static final class Run {

        private final Scene scene;
        private final Burst burst;
        private final List<Offer> offers = new ArrayList<>();
        private final List<Instant> blows = new ArrayList<>();
        private final List<String> findings = new ArrayList<>();

        Run(Scene scene) {
            this.scene = scene;
            this.burst = new Burst(scene.pushing());
            // Both nodes hold a good token before the first blow.
            offers.addAll(burst.write("token-first", SENDS));
            burst.awaitAnswers(offers);
        }

        void epoch(String name, Consumer<Tokens> blow) {
            var tokens = scene.pushing().tokens();
            var refreshes = tokens.refreshes();
            var calls = tokenCalls();
            var sent = burst.sends();
            var refused = burst.refused(40001, 42001);
            var writing = burst.begin("token-" + name, SENDS);
            Await.within(Duration.ofSeconds(20), () -> burst.sends() >= sent + BEFORE);
            blows.add(scene.now());
            blow.accept(tokens);
            var written = writing.join();
            offers.addAll(written);
            burst.awaitAnswers(written);
            if (burst.refused(40001, 42001) - refused < REFUSED) {
                findings.add(
                        "%s: only %d calls were under way with the old token"
                                .formatted(name, burst.refused(40001, 42001) - refused));
            }
            if (tokens.refreshes() - refreshes != 1 || tokenCalls() - calls != 1) {
                findings.add(
                        "%s: %d new tokens from %d calls instead of one"
                                .formatted(
                                        name,
                                        tokens.refreshes() - refreshes,
                                        tokenCalls() - calls));
            }
        }

        private long tokenCalls() {
            return burst.calls("stable_token") + burst.calls("token");
        }
    }
}
