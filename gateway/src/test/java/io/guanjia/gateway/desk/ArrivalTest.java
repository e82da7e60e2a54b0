package io.guanjia.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import org.junit.jupiter.api.Test;

import java.util.List;

class ArrivalTest {

    private static final Content WORDS = new Content.Text("文件：https://kf.bank.example/f/x");

    @Test
    void whatTheAccountCarriesArrivesAsItself() {
        var picture = new Content.Image(file("image/png"));

        assertThat(Arrival.of(picture, List.of(picture))).isEqualTo(new Arrival("itself", 1));
    }

    @Test
    void aFileThatItDoesNotCarryArrivesAsALink() {
        var voice = new Content.Voice(file("audio/mpeg"), null, null);
        var document = new Content.File(file("application/pdf"), "账单.pdf", 9L);

        assertThat(Arrival.of(voice, List.of(WORDS)).as()).isEqualTo("link");
        assertThat(Arrival.of(document, List.of(WORDS)).as()).isEqualTo("link");
    }

    @Test
    void aCardThatItDoesNotCarryArrivesInWordsAndInSoManyMessages() {
        var card = new Content.Link("账单", "十一月", "https://bank.example/bill", null);

        assertThat(Arrival.of(card, List.of(WORDS, WORDS))).isEqualTo(new Arrival("words", 2));
    }

    private static Media file(String mimeType) {
        return new Media("11111111-2222-4333-8444-555555555555", null, null, mimeType, 9L);
    }
}
