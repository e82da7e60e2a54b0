package io.guanjia.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.trials.channels.BroughtAgain;
import io.guanjia.trials.channels.Street;
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

    @Test
    void norDoThoseOfAnyChannel() {
        try (var street = Street.open("careless-channels", false, Map.of("trials.dedupe", "off"))) {
            assertThat(BroughtAgain.unnoticed(street, Duration.ofSeconds(30)))
                    .as("channels whose duplicates nobody found")
                    .isEmpty();
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
