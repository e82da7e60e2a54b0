package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.message.Content;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What goes out: kinds, the table of errors, reply windows and who may begin. */
abstract class SendingContract extends ReceivingContract {

    @Test
    void sendsEveryKindItDeclares() {
        platformTakes();
        assertThat(capabilities().sends()).containsKey(Kind.TEXT);
        for (var kind : capabilities().sends().keySet()) {
            var before = taken();

            var accepted = channel().deliver(message(sample(kind))).block(PATIENCE);

            assertThat(accepted).as(kind.name()).isNotNull();
            assertThat(taken()).as(kind.name()).isEqualTo(before + 1);
        }
    }

    @Test
    void refusesEveryKindItDoesNotDeclare() {
        platformTakes();
        var before = taken();
        for (var kind : Kind.values()) {
            if (kind != Kind.EVENT && !capabilities().canSend(kind)) {
                assertThat(failure(sample(kind)))
                        .as(kind.name())
                        .isExactlyInstanceOf(DeliveryException.Refused.class);
            }
        }
        assertThat(taken()).isEqualTo(before);
    }

    @Test
    void knowsWhatToDoAboutEveryError() {
        assertThat(failures()).isNotEmpty();
        for (var failure : failures()) {
            failure.arrange().run();

            var thrown = failure(sample(Kind.TEXT));

            assertThat(thrown)
                    .as(failure.what())
                    .isExactlyInstanceOf(failure.becomes())
                    .isInstanceOfSatisfying(
                            DeliveryException.class,
                            known ->
                                    assertThat(known.reason())
                                            .isNotBlank()
                                            .doesNotContain(secrets())
                                            .doesNotContain(party()));
        }
    }

    /** Each either stands in the table of errors or is said to be impossible, and why. */
    @Test
    void knowsAnErrorOfEveryKind() {
        var known = new HashSet<Class<?>>();
        failures().forEach(failure -> known.add(failure.becomes()));
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

    @Test
    void declaresTheWindowsOfItsPlatform() {
        assertThat(described().windows()).containsExactlyInAnyOrderElementsOf(windows());
    }

    /** Without a reply window nothing keeps us from writing first; within one, a form at most. */
    @Test
    void letsUsBeginWhereItDeclaresSo() {
        var initiative = capabilities().initiative();
        if (windows().isEmpty()) {
            assertThat(initiative)
                    .as("who may begin, where no reply window has to be open")
                    .isIn(Initiative.MEMBER, Initiative.CONSENT, Initiative.ANYBODY);
            assertThat(capabilities().sends().keySet())
                    .noneMatch(kind -> channel().route(sample(kind)).usesWindow());
            return;
        }
        assertThat(initiative)
                .as("who may begin, where a reply window has to be open")
                .isIn(Initiative.CUSTOMER, Initiative.APPROVED_FORM);
        assertThat(capabilities().canSend(Kind.TEMPLATE))
                .as("sends forms")
                .isEqualTo(initiative == Initiative.APPROVED_FORM);
        platformTakes();
        windowCloses();
        for (var kind : capabilities().sends().keySet()) {
            var begins = kind == Kind.TEMPLATE;
            assertThat(channel().route(sample(kind)).usesWindow())
                    .as(kind.name())
                    .isEqualTo(!begins);
            var thrown = failure(sample(kind));
            if (begins) {
                assertThat(thrown).as(kind.name()).isNull();
            } else {
                assertThat(thrown)
                        .as(kind.name())
                        .isExactlyInstanceOf(DeliveryException.WindowClosed.class);
            }
        }
    }

    private @Nullable Throwable failure(Content content) {
        return catchThrowable(() -> channel().deliver(message(content)).block(PATIENCE));
    }
}
