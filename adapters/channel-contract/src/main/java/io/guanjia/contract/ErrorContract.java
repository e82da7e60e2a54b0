package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a channel makes of a platform that does not take a message. */
abstract class ErrorContract extends SendingContract {

    /**
     * What a status means where there is no code: a gateway's 502 or 504 leaves open what happened
     * behind it; every other 5xx is the platform itself saying that it failed.
     */
    private static final Map<Integer, Class<? extends DeliveryException>> STATUSES =
            Map.of(
                    400, Refused.class,
                    429, Throttled.class,
                    500, Unavailable.class,
                    502, OutcomeUnknown.class,
                    503, Unavailable.class,
                    504, OutcomeUnknown.class);

    @Test
    void knowsWhatToDoAboutEveryCodeOfItsTable() {
        switch (errorCodes()) {
            case ErrorCodes.Table table -> {
                assertThat(table.known()).hasSizeGreaterThan(1);
                assertThat(table.known()).doesNotContainKey(table.unheardOf());
                table.known()
                        .forEach(
                                (code, becomes) -> {
                                    table.answers().accept(code);
                                    assertBecomes(code, becomes);
                                });
                table.answers().accept(table.unheardOf());
                assertBecomes("one nobody has heard of", Optional.of(Refused.class));
            }
            case ErrorCodes.None none -> {
                assertThat(none.why()).isNotBlank();
                assertThat(line()).as("without codes").isNotInstanceOf(Line.Http.class);
            }
        }
    }

    @Test
    void knowsWhatToDoWhereNoAnswerCanBeRead() {
        switch (line()) {
            case Line.Http(var platform, var path) -> {
                STATUSES.forEach(
                        (status, becomes) -> {
                            platform.status(path, status);
                            assertBecomes("HTTP " + status, Optional.of(becomes));
                        });
                platform.answer(path, "<html>");
                assertBecomes("no JSON", Optional.of(OutcomeUnknown.class));
                platform.hangs(path);
                assertBecomes("silence", Optional.of(OutcomeUnknown.class));
            }
            case Line.Own(var breaks) -> {
                breaks.run();
                assertBecomes("nobody there", Optional.of(Unavailable.class));
            }
        }
    }

    @Test
    void knowsWhatToDoAboutWhateverElseFails() {
        for (var failure : failures()) {
            failure.arrange().run();
            assertBecomes(failure.what(), Optional.of(failure.becomes()));
        }
    }

    private void assertBecomes(String what, Optional<Class<? extends DeliveryException>> becomes) {
        var before = taken();
        var thrown = failure(sample(Kind.TEXT));

        if (becomes.isEmpty()) {
            assertThat(thrown).as(what).isNull();
            assertThat(taken()).as(what).isGreaterThan(before);
            return;
        }
        assertThat(thrown)
                .as(what)
                .isExactlyInstanceOf(becomes.get())
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        known ->
                                assertThat(known.reason())
                                        .isNotBlank()
                                        .doesNotContain(secrets())
                                        .doesNotContain(party()));
    }

    /** Each either is shown here or is said to be impossible, and why. */
    @Test
    void knowsAnErrorOfEveryKind() {
        var known = shown();
        assertThat(impossible().values()).allMatch(why -> !why.isBlank());
        assertThat(impossible().keySet()).noneMatch(known::contains);

        known.addAll(impossible().keySet());
        var all =
                new ArrayList<Class<?>>(List.of(DeliveryException.class.getPermittedSubclasses()));
        if (windows().isEmpty()) {
            all.remove(DeliveryException.WindowClosed.class);
        }
        assertThat(known).containsAll(all);
    }

    /** Whatever this contract shows to become of a message. */
    final Set<Class<?>> shown() {
        var shown = new HashSet<Class<?>>();
        // Of an account that there is not.
        shown.add(DeliveryException.Blocked.class);
        failures().forEach(failure -> shown.add(failure.becomes()));
        if (errorCodes() instanceof ErrorCodes.Table table) {
            table.known().values().forEach(becomes -> becomes.ifPresent(shown::add));
        }
        switch (line()) {
            case Line.Http _ -> shown.addAll(STATUSES.values());
            case Line.Own _ -> shown.add(Unavailable.class);
        }
        return shown;
    }
}
