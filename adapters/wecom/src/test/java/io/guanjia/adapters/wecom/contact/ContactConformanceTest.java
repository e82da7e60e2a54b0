package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads every sample of a callback that other projects have, where {@code guanjia.fixtures} is. */
class ContactConformanceTest {

    private static final List<String> SETS =
            List.of(
                    "wechatpy/test_work_parser",
                    "wxjava/WxCpXmlMessageTest",
                    "go-workwx/rx_msg_test");

    @Test
    void readsEveryCallbackWithoutLoss() throws IOException {
        int documents = 0;
        int unreadable = 0;
        try (var app = new App()) {
            for (var file : samples()) {
                var xml = Files.readString(file);
                var reading = app.channel.read(App.callback(xml)).block(App.PATIENCE);

                assertThat(reading).as(file.toString()).isNotNull();
                assertThat(reading.inbound()).as(file.toString()).hasSize(1);
                var message = (InboundMessage) reading.inbound().getFirst();
                assertThat(message.raw()).as(file.toString()).isEqualTo(xml);
                documents++;
                unreadable += message.content() instanceof Content.Unreadable ? 1 : 0;
            }
        }
        System.out.printf(
                "conformance: %d 企业微信 documents read without loss, %d of them kept unreadable%n",
                documents, unreadable);
    }

    private static List<Path> samples() throws IOException {
        var root = System.getProperty("guanjia.fixtures");
        var files = new ArrayList<Path>();
        for (var set : SETS) {
            var folder = root == null ? null : Path.of(root, set);
            if (folder != null && Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    all.filter(file -> file.toString().endsWith(".xml"))
                            .filter(file -> !file.toString().contains("MALFORMED"))
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }
}
