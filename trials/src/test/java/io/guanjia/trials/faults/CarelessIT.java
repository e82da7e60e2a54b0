package io.guanjia.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.trials.faults.Scene.Size;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** Books that always balance prove nothing. */
class CarelessIT {

    @Test
    void withoutDeduplicationTheBooksDoNotBalance() {
        try (var scene = Scene.set("careless", Size.SHORT, Map.of("trials.dedupe", "off"))) {
            var ledger = Repeated.threeTimes(scene);

            assertThat(ledger.duplicates()).isPositive();
            assertThat(ledger.clean()).isFalse();
        }
    }
}
