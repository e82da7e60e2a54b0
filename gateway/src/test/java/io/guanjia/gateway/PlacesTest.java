package io.guanjia.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class PlacesTest {

    private final Places<String> places = new Places<>(2);
    private final Sinks.Empty<Void> answer = Sinks.empty();

    @Test
    void workTakesAPlaceOfItsOwnAccountUntilItEnds() {
        var work = places.during("one", answer.asMono());
        assertThat(places.free("one")).isEqualTo(2);

        work.subscribe();
        work.subscribe();
        assertThat(places.free("one")).isZero();
        assertThat(places.free("other")).isEqualTo(2);

        answer.tryEmitEmpty();
        assertThat(places.free("one")).isEqualTo(2);
    }

    @Test
    void aFailureAndACancelGiveThePlaceBack() {
        places.during("one", Mono.error(new IllegalStateException("broke")))
                .onErrorComplete()
                .subscribe();
        places.during("one", Mono.never()).subscribe().dispose();

        assertThat(places.free("one")).isEqualTo(2);
    }
}
