package io.guanjia.contract;

import static io.guanjia.contract.PaperContract.catches;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.message.Content;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** No part of what comes in can be passed by a channel, or by its own test, that does less. */
class LazyReceivingTest {

    // --- Authenticity ---------------------------------------------------------------------------

    @Test
    void theContractCatchesAChannelThatBelievesEverybody() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    boolean isProven(Callback callback) {
                                        return true;
                                    }
                                }),
                PaperContract::believesWhatIsProvenAndNothingElse);
    }

    @Test
    void theContractCatchesAChannelThatBelievesWhatIsOld() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    boolean isFresh(Callback callback) {
                                        return true;
                                    }
                                }),
                PaperContract::believesWhatIsProvenAndNothingElse);
    }

    @Test
    void theContractCatchesAChannelThatTakesWhatIsForAnother() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    boolean isForUs(String receiver) {
                                        return true;
                                    }
                                }),
                PaperContract::believesWhatIsProvenAndNothingElse);
    }

    @Test
    void theContractCatchesAChannelThatPassesAnyCheckOfItsAddress() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    boolean isProven(Callback callback) {
                                        return true;
                                    }
                                }),
                PaperContract::answersTheCheckOfItsAddressAndNoOther);
    }

    /** By fewer parameters, of no body, for ever, for anybody. */
    @Test
    void theContractCatchesATestThatDeclaresLessToBeProven() {
        for (var less :
                List.<Weakening>of(
                        proof -> proof(proof, Set.of("proof"), true, proof.believedFor()),
                        proof -> proof(proof, proof.parameters(), false, proof.believedFor()),
                        proof -> proof(proof, proof.parameters(), true, null),
                        proof ->
                                new Proof.OfEachCallback(
                                        proof.parameters(),
                                        true,
                                        proof.believedFor(),
                                        proof.byAnother(),
                                        null))) {
            catches(
                    new PaperContract() {
                        @Override
                        protected Proof proof() {
                            return less.of((Proof.OfEachCallback) super.proof());
                        }
                    },
                    PaperContract::believesWhatIsProvenAndNothingElse);
        }
    }

    private interface Weakening {
        Proof of(Proof.OfEachCallback proof);
    }

    private static Proof proof(
            Proof.OfEachCallback as,
            Set<String> parameters,
            boolean coversBody,
            @Nullable Duration believedFor) {
        return new Proof.OfEachCallback(
                parameters, coversBody, believedFor, as.byAnother(), as.forAnother());
    }

    @Test
    void theContractCatchesATestThatTriesOnePretenceOnly() {
        catches(
                new PaperContract() {
                    @Override
                    protected Proof proof() {
                        return new Proof.OfEachCaller(
                                Map.of(
                                        Proof.Pretence.NOTHING,
                                        new Attempt(
                                                "nothing",
                                                () -> {
                                                    throw new IllegalStateException();
                                                },
                                                IllegalStateException.class)));
                    }
                },
                PaperContract::believesWhatIsProvenAndNothingElse);
    }

    // --- Duplicates, order, unknown types -------------------------------------------------------

    @Test
    void theContractCatchesAChannelThatCountsEveryArrivalAsNew() {
        catches(
                keying((id, at, hash) -> UUID.randomUUID().toString()),
                PaperContract::tellsARepeatFromSomethingElse);
    }

    @Test
    void theContractCatchesAChannelThatCountsAllEventsAsOne() {
        catches(
                keying((id, at, hash) -> id.isEmpty() ? "event" : id),
                PaperContract::tellsARepeatedEventFromAnother);
    }

    /** Of two things in one second the second would be lost. */
    @Test
    void theContractCatchesAChannelThatTellsEventsByTheirTimeAlone() {
        catches(
                keying((id, at, hash) -> id.isEmpty() ? "event:" + at : id),
                PaperContract::tellsARepeatedEventFromAnother);
    }

    private interface Key {
        String of(String id, String at, String hash);
    }

    private static PaperContract keying(Key key) {
        return new PaperContract(
                address ->
                        new PaperChannel(address) {
                            @Override
                            String key(String id, String at, String hash) {
                                return key.of(id, at, hash);
                            }
                        });
    }

    @Test
    void theContractCatchesATestWithoutASampleOfWhatIsDeclared() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    Capabilities capabilities() {
                                        return Capabilities.words(super.capabilities().text())
                                                .receives(Capabilities.Kind.IMAGE)
                                                .build();
                                    }
                                }),
                PaperContract::receivesEveryKindItDeclares);
    }

    @Test
    void theContractCatchesAChannelThatTellsTheTimeOfArrival() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    Instant sentAt(Instant sent, Instant received) {
                                        return received;
                                    }
                                }),
                PaperContract::keepsThePlatformsTimeOfWhatComesOutOfOrder);
    }

    @Test
    void theContractCatchesAChannelThatTakesWhatItDoesNotKnowForWords() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    Content content(String type, String words) {
                                        return new Content.Text(words);
                                    }
                                }),
                PaperContract::keepsWhatItDoesNotKnow);
    }
}
