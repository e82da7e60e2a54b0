package io.guanjia.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

class LongAddressTest {

    /** 阿里云's SendSms has its parameters in the address. */
    @Test
    void theLongestSmsFitsIntoAnAddress() throws IOException, InterruptedException {
        var text = URLEncoder.encode("管".repeat(500), StandardCharsets.UTF_8);
        try (var sandbox = Sandbox.start(SandboxSettings.forTests());
                var http = HttpClient.newHttpClient()) {
            var address =
                    URI.create(sandbox.address() + "/sms-aliyun/?Action=SendSms&text=" + text);

            var answer =
                    http.send(
                            HttpRequest.newBuilder(address)
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString());

            // Nobody's signature, which is more than an address that was not read.
            assertThat(answer.statusCode()).isNotEqualTo(414);
            assertThat(answer.body()).contains("Code");
        }
    }
}
