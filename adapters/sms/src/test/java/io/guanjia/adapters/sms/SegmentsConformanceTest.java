package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.guanjia.adapters.sms.SmsSegments.Encoding;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;

/** What others published on the length of messages; nothing of it is ours. */
class SegmentsConformanceTest {

    private static final Path FIXTURES = Path.of(System.getProperty("guanjia.fixtures", "none"));

    @Test
    void dividesAsTwilioDoes() {
        var cases = read("twilio-segments/segments.json").path("data");
        for (var one : cases) {
            var description = one.path("testDescription").asString();
            var segments = SmsSegments.of(one.path("body").asString());

            assertThat(segments.parts()).as(description).isEqualTo(one.path("segments").asInt());
            assertThat(segments.encoding())
                    .as(description)
                    .isEqualTo(
                            one.path("encoding").asString().equals("GSM-7")
                                    ? Encoding.GSM_7
                                    : Encoding.UCS_2);
            var bits = segments.encoding() == Encoding.GSM_7 ? 7 : 16;
            assertThat(segments.units() * bits)
                    .as(description)
                    .isEqualTo(one.path("messageSize").asInt());
        }
        assertThat(cases.size()).isPositive();
        System.out.println("twilio-segments: " + cases.size() + " texts divided alike");
    }

    /** Packed, eight septets are seven bytes. */
    @Test
    void countsSeptetsAsTheAirDoes() {
        var cases = read("gsm7/packed_vectors.json");
        for (var one : cases) {
            var text = one.path("text").asString();
            var bytes = one.path("packed_hex").asString().length() / 2;
            var segments = SmsSegments.of(text);

            assertThat(segments.encoding()).as(text).isEqualTo(Encoding.GSM_7);
            assertThat(Math.ceilDiv(segments.units() * 7, 8)).as(text).isEqualTo(bytes);
        }
        assertThat(cases.size()).isPositive();
        System.out.println("gsm7: " + cases.size() + " texts as long as packed");
    }

    private static JsonNode read(String name) {
        var file = FIXTURES.resolve(name);
        assumeThat(Files.exists(file)).as("conformance data").isTrue();
        return JsonMapper.shared().readTree(file);
    }
}
