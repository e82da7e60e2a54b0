package io.guanjia.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.trials.faults.Scene.Size;
import io.guanjia.trials.process.Await;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Books that always balance prove nothing. */
class CarelessIT {

    @Test
    void withoutDeduplicationTheBooksDoNotBalance() {
        try (var scene = Scene.set("careless", Size.SHORT, Map.of("trials.dedupe", "off"))) {
            var offers = Repeated.thrice(scene);

            assertThat(Await.within(Duration.ofMinutes(1), () -> duplicates(scene, offers) > 0))
                    .as("duplicates found")
                    .isTrue();
        }
    }

    private static long duplicates(Scene scene, Map<WechatAccount, List<Offer>> offers) {
        return offers.entrySet().stream()
                .mapToLong(
                        some ->
                                Checker.check(
                                                scene.books(some.getKey(), "careless")
                                                        .observe(some.getValue(), Map.of()))
                                        .duplicates())
                .sum();
    }
}
