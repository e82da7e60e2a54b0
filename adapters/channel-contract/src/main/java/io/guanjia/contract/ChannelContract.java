package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.guanjia.gateway.WordFiles;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel.Route;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tests that every channel extends: whom it believes ({@link AuthenticityContract}), what comes
 * in ({@link ReceivingContract}), what goes out ({@link SendingContract}), what fails ({@link
 * ErrorContract}), within which windows ({@link WindowContract}), what is said in another way
 * ({@link DowngradeContract}), and what it declares of itself.
 *
 * <p>A subclass bears {@link ContractOf} and says how its platform does each of these, which {@link
 * ChannelUnderTest} asks for. The channel under test is the real one, the platform a {@link
 * FakePlatform} or another stand-in that speaks its protocol.
 */
public abstract class ChannelContract extends DowngradeContract {

    @Test
    void isTheContractOfTheChannelItNames() {
        var named = getClass().getAnnotation(ContractOf.class);

        assertThat(named).as("@ContractOf").isNotNull();
        assertThat(named.value()).isEqualTo(channel().name());
    }

    @Test
    void pacesOnlyWaysThatItSendsBy() {
        assertThat(ways()).doesNotContain("");
        assertThat(ways()).containsAll(described().pace().keySet());
    }

    /** Whoever reads that nothing is sent by an API reads its name in their language. */
    @Test
    void namesEveryApiForPeople() throws IOException {
        var apis = new TreeSet<>(ways());
        apis.addAll(otherApis());
        for (var failure : failures()) {
            failure.arrange().run();
            var thrown =
                    catchThrowable(
                            () -> channel().deliver(message(sample(Kind.TEXT))).block(PATIENCE));
            if (thrown instanceof DeliveryException.Blocked blocked && blocked.api() != null) {
                apis.add(blocked.api());
            }
        }
        for (var locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            assertThat(WordFiles.read("console").in(locale))
                    .as("console/*.properties in %s", locale.getDisplayLanguage(Locale.ENGLISH))
                    .containsKey("channel." + channel().name())
                    .containsKeys(apis.stream().map(api -> "api." + api).toArray(String[]::new));
        }
        for (var file : Set.of(channel().name(), channel().name() + "_en")) {
            assertThat(health(file).stringPropertyNames())
                    .as("health/%s.properties", file)
                    .containsAll(apis.stream().map(api -> "api." + api).toList());
        }
    }

    private Set<String> ways() {
        var contents =
                Stream.concat(
                        capabilities().sends().keySet().stream().map(this::sample),
                        furtherSamples().stream());
        return contents.flatMap(this::ways).collect(Collectors.toSet());
    }

    private Stream<String> ways(Content content) {
        var message = message(content);
        return Stream.concat(
                        Stream.of(channel().route(content)),
                        Stream.of(Author.BOT, Author.agent("xiaoli"))
                                .map(
                                        author ->
                                                channel()
                                                        .route(
                                                                new OutboundMessage(
                                                                        message.deliveryId(),
                                                                        message.to(),
                                                                        author,
                                                                        content))))
                .map(Route::api);
    }

    private Properties health(String file) throws IOException {
        var words = new Properties();
        try (var stream =
                channel().getClass().getResourceAsStream("/health/" + file + ".properties")) {
            assertThat(stream).as("health/%s.properties", file).isNotNull();
            words.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return words;
    }

    @Test
    void isShownInTheReadmeAsItIs() {
        var row = ReadmeTable.row(channel().name(), described());

        assertThat(ReadmeTable.rows())
                .as("README.md should have this row under ## Channels:%n%s", row)
                .contains(row);
    }

    @Test
    void takesBackWhatItSaysItCanTakeBack() {
        if (!capabilities().canRecall()) {
            return;
        }
        var message = message(sample(Kind.TEXT));
        var accepted = Objects.requireNonNull(channel().deliver(message).block(PATIENCE));

        for (var time = 0; time < 2; time++) {
            channel().recall(message.to(), message.deliveryId(), accepted).block(PATIENCE);
        }
    }

    @Test
    void keepsSecretsToItself() {
        assertThat(channel().accounts().toString()).doesNotContain(secrets());
        assertThat(
                        channel()
                                .health(account())
                                .map(HealthSign::toString)
                                .collectList()
                                .block(PATIENCE))
                .isNotNull()
                .allSatisfy(sign -> assertThat(sign).doesNotContain(secrets()));
    }
}
