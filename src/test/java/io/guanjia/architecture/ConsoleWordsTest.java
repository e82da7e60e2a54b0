package io.guanjia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.WordFiles;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What people at the desk read of a channel comes from the channel's own folder. */
final class ConsoleWordsTest {

    private final Gateway gateway = Gateway.shared();
    private final Map<String, String> chinese = WordFiles.read("console").in(Locale.CHINA);
    private final Map<String, String> english = WordFiles.read("console").in(Locale.ENGLISH);

    @Test
    void everyChannelHasAName() {
        assertThat(gateway.bean(Channels.class).all().stream().map(Channel::name))
                .allSatisfy(channel -> assertThat(chinese).containsKey("channel." + channel));
    }

    @Test
    void everythingIsSaidInBothLanguages() {
        assertThat(english.keySet()).isEqualTo(chinese.keySet());
        assertThat(chinese.entrySet().stream().filter(words -> isOurs(words.getKey())))
                .allMatch(words -> words.getValue().matches(".*\\p{IsHan}.*"));
    }

    @Test
    void whatCanBeChosenIsSaidInWords() {
        var choices = new TreeSet<String>();
        for (ManagedAccounts<?> channel : gateway.beans(ManagedAccounts.class)) {
            channel.fields().forEach(field -> choices.addAll(field.choices()));
        }

        assertThat(choices).isNotEmpty();
        assertThat(choices)
                .filteredOn(choice -> choice.matches("[a-z]+"))
                .allSatisfy(choice -> assertThat(chinese).containsKey("choice." + choice));
    }

    @Test
    void whoIsSignedInIsServedThem() {
        var answer = gateway.signedIn("xiaoli").with("Accept-Language", "en").get("/api/v1/words");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("channel.weibo").asString()).isEqualTo("Weibo");
    }

    /** A name such as App is one in every language. */
    private static boolean isOurs(String key) {
        return !key.startsWith("channel.");
    }
}
