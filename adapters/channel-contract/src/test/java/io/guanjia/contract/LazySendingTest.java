package io.guanjia.contract;

import static io.guanjia.contract.PaperContract.catches;
import static io.guanjia.contract.PaperContract.passes;

import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** No part of what goes out can be passed by a channel, or by its own test, that does less. */
class LazySendingTest {

    // --- Errors ---------------------------------------------------------------------------------

    @Test
    void theContractCatchesATestWhoseTableHasOneRow() {
        catches(
                new PaperContract() {
                    @Override
                    protected ErrorCodes errorCodes() {
                        return new ErrorCodes.Table(
                                Map.of("window", Optional.of(WindowClosed.class)),
                                "unheard-of",
                                this::refuses);
                    }
                },
                PaperContract::knowsWhatToDoAboutEveryCodeOfItsTable);
    }

    @Test
    void theContractCatchesATestThatKnowsOfNoCodes() {
        catches(
                new PaperContract() {
                    @Override
                    protected ErrorCodes errorCodes() {
                        return new ErrorCodes.None("none were found");
                    }
                },
                PaperContract::knowsWhatToDoAboutEveryCodeOfItsTable);
    }

    @Test
    void theContractCatchesAChannelThatForgetsACode() {
        catches(
                failing(code -> new Refused("code " + code)),
                PaperContract::knowsWhatToDoAboutEveryCodeOfItsTable);
    }

    @Test
    void theContractCatchesAChannelThatTellsASecretOfItsOwn() {
        catches(
                failing(
                        code ->
                                switch (code) {
                                    case "window" -> new WindowClosed("window");
                                    case "gone" -> new Unreachable("gone");
                                    default -> new Refused(code + " " + PaperChannel.SECRET);
                                }),
                PaperContract::knowsWhatToDoAboutEveryCodeOfItsTable);
    }

    @Test
    void theContractCatchesAChannelThatDoesNotLookAtTheStatus() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    Accepted accepted(ApiAnswer answer) {
                                        return new Accepted("");
                                    }
                                }),
                PaperContract::knowsWhatToDoWhereNoAnswerCanBeRead);
    }

    private interface Failing {
        DeliveryException of(String code);
    }

    private static PaperContract failing(Failing how) {
        return new PaperContract(
                address ->
                        new PaperChannel(address) {
                            @Override
                            DeliveryException failure(String code) {
                                return how.of(code);
                            }
                        });
    }

    // --- Windows --------------------------------------------------------------------------------

    @Test
    void theContractCatchesAChannelThatDeclaresItsWindowsAway() {
        catches(new Windowless(), PaperContract::declaresWindowsWhereItsPlatformSpeaksOfThem);
    }

    private static final class Windowless extends PaperContract {

        Windowless() {
            super(Unlimited::new);
        }

        @Override
        protected Set<WindowRule> windows() {
            return Set.of();
        }
    }

    private static final class Unlimited extends PaperChannel {

        Unlimited(URI platform) {
            super(platform);
        }

        @Override
        List<WindowRule> windows() {
            return List.of();
        }
    }

    @Test
    void theContractCatchesAChannelThatMissesTheEndOfAWindow() {
        catches(
                failing(code -> new Refused("code " + code)),
                PaperContract::playsEveryWindowToItsEnd);
    }

    @Test
    void theContractCatchesAChannelWhoseWindowNothingOpens() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    @Nullable Trigger opens() {
                                        return null;
                                    }
                                }),
                PaperContract::playsEveryWindowToItsEnd);
    }

    @Test
    void theContractCatchesATestWhosePlatformNeverCounts() {
        catches(
                new PaperContract() {
                    @Override
                    protected void windowTakes(int messages) {
                        platformTakes();
                    }
                },
                PaperContract::playsEveryWindowToItsEnd);
    }

    // --- Downgrade ------------------------------------------------------------------------------

    @Test
    void theContractCatchesAChannelThatCanSayNothing() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    public boolean canSay(String account, Content content) {
                                        return false;
                                    }
                                }),
                PaperContract::saysInAnotherWayWhatItCannotCarry);
    }

    @Test
    void theContractCatchesAChannelThatDeclaresWhatItDoesNotSend() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    Capabilities capabilities() {
                                        return Capabilities.words(super.capabilities().text())
                                                .sends(Capabilities.Kind.LINK)
                                                .build();
                                    }
                                }),
                PaperContract::saysInAnotherWayWhatItCannotCarry);
    }

    @Test
    void theContractCatchesAChannelThatRefusesPartsOfWhatIsLong() {
        catches(
                new PaperContract(
                        address ->
                                new PaperChannel(address) {
                                    @Override
                                    Mono<Accepted> say(String words) {
                                        return words.length() > 50
                                                ? Mono.error(new Refused("too long after all"))
                                                : super.say(words);
                                    }
                                }),
                PaperContract::dividesWordsThatAreTooLong);
    }

    // --- All of it ------------------------------------------------------------------------------

    @Test
    void anHonestChannelPassesWhateverElseThereIs() {
        passes(PaperContract::readsWhatAPartySays);
        passes(PaperContract::refusesWhatIsNoMessage);
        passes(PaperContract::refusesWhateverElseIsForged);
        passes(PaperContract::reportsWhatItDeclares);
        passes(PaperContract::sendsEveryKindItDeclares);
        passes(PaperContract::refusesEveryKindItDoesNotDeclare);
        passes(PaperContract::saysWhereThereIsNoSuchAccount);
        passes(PaperContract::knowsWhatToDoAboutWhateverElseFails);
        passes(PaperContract::knowsAnErrorOfEveryKind);
        passes(PaperContract::declaresTheWindowsOfItsPlatform);
        passes(PaperContract::letsUsBeginWhereItDeclaresSo);
        passes(PaperContract::losesNoneOfManySuggestions);
        passes(PaperContract::pacesOnlyWaysThatItSendsBy);
        passes(PaperContract::keepsSecretsToItself);
    }
}
