package io.guanjia.web;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.running.Gateway;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.Socket;

/** Over a plain connection, since no client would send such an address. */
final class BadAddressTest {

    @ParameterizedTest
    @CsvSource({
        "/callbacks/wechat/%zz, zh, 请求无法识别",
        "/api/v1/%zz, en, Malformed request",
        "/api/v1/%zz, ';', 请求无法识别",
    })
    void isAnsweredWithProblemDetails(String path, String language, String title)
            throws IOException {
        var answer = get(path, language);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"code\":\"malformed\"", title);
    }

    private static String get(String path, String language) throws IOException {
        var address = Gateway.shared().address();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            """
                            GET %s HTTP/1.1\r
                            Host: localhost\r
                            Accept-Language: %s\r
                            Connection: close\r
                            \r
                            """
                                    .formatted(path, language)
                                    .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
