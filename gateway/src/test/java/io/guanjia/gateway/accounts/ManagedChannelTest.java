package io.guanjia.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guanjia.gateway.accounts.AccountRefusal.Fault;
import io.guanjia.gateway.accounts.AccountRefusal.Invalid;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ManagedChannelTest {

    private final Carrier carrier = new Carrier();
    private final ManagedChannel<Carrier.Line> channel = new ManagedChannel<>(carrier);

    @Test
    void makesSettingsAsTheSettingsFileDoes() {
        var line =
                channel.bind(
                        "main", Map.of("user", "123456", "password", "${HOME}", "speed", "fast"));

        assertThat(line.name()).isEqualTo("main");
        assertThat(line.password()).as("nothing is resolved").isEqualTo("${HOME}");
        assertThat(line.speed()).isEqualTo(Carrier.Line.Speed.FAST);
        assertThat(line.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void namesEverythingThatTheRecordRefuses() {
        assertThat(faults(Map.of("user", "12", "password", "x")))
                .containsExactly(
                        new Fault("settings.user", "user must be 6 digits: 企业代码", "malformed"),
                        new Fault("settings.password", "password must be longer", "malformed"));
    }

    @Test
    void keepsTheRestOfASentenceWithItsBeginning() {
        var invalid =
                catchThrowableOfType(
                        Invalid.class,
                        () ->
                                channel.bind(
                                        "far-too-long",
                                        Map.of("user", "123456", "password", "long enough")));

        assertThat(invalid.faults())
                .containsExactly(
                        new Fault(
                                "name",
                                "name must be short; it stands in the address",
                                "malformed"));
    }

    @Test
    void namesWhatCannotBeReadAndNeverItsValue() {
        assertThat(faults(Map.of("timeout", "soon"))).containsExactly(malformed("timeout"));
        assertThat(faults(Map.of("speed", "s3cret"))).containsExactly(malformed("speed"));
    }

    @Test
    void namesWhatARecordInsideRefuses() {
        assertThat(faults(Map.of("pace.send.messages", "0")))
                .containsExactly(
                        new Fault("settings.pace.send", "messages must be above 0", "malformed"));
    }

    @Test
    void namesTheFieldOfAMapsKey() {
        var values = Map.of("user", "123456", "password", "long enough", "rate.send", "0");

        assertThat(channel.faults("main", values))
                .containsExactly(
                        new Fault("settings.rate.send", "rate.send must be above 0", "malformed"));
    }

    @Test
    void knowsWhatIsMissing() {
        assertThat(channel.faults("main", Map.of("user", "123456")))
                .containsExactly(Fault.of("settings.password", "missing"));
        assertThat(channel.faults("main", Map.of("user", "123456", "password", "long enough")))
                .isEmpty();
    }

    /**
     * Whoever fills in a form should not have to send it three times to learn of three mistakes.
     */
    @Test
    void namesAtOnceWhatIsMissingWhatCannotBeReadAndWhatIsRefused() {
        var values = Map.of("user", "12", "timeout", "soon", "speed", "s3cret");

        assertThat(channel.faults("main", values))
                .containsExactlyInAnyOrder(
                        Fault.of("settings.password", "missing"),
                        malformed("timeout"),
                        malformed("speed"),
                        new Fault("settings.user", "user must be 6 digits: 企业代码", "malformed"));
    }

    @Test
    void leavesTheNameToUs() {
        assertThat(channel.fields()).noneMatch(field -> field.key().equals("name"));
    }

    @Test
    void worksWithTheFilesAccountsAndTheOthers() {
        channel.use(List.of(channel.bind("main", Map.of("user", "123456", "password", "1234"))));

        assertThat(carrier.used.getLast())
                .extracting(Carrier.Line::name)
                .containsExactly("file", "main");
    }

    private List<Fault> faults(Map<String, String> given) {
        var values = new HashMap<>(Map.of("user", "123456", "password", "long enough"));
        values.putAll(given);
        var invalid = catchThrowableOfType(Invalid.class, () -> channel.bind("main", values));
        assertThat(invalid.toString()).doesNotContain("s3cret");
        return invalid.faults();
    }

    private static Fault malformed(String key) {
        return Fault.of("settings." + key, "malformed");
    }
}
