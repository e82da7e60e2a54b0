package io.guanjia.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.bot.Flaw;
import io.guanjia.gateway.bot.KnowledgeStatus;
import io.guanjia.gateway.desk.KnowledgeEndpoint.Problem;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;

class KnowledgeEndpointTest {

    private final KnowledgeEndpoint endpoint =
            new KnowledgeEndpoint(
                    () ->
                            new KnowledgeStatus.Report(
                                    true,
                                    60,
                                    300,
                                    null,
                                    List.of(
                                            new KnowledgeStatus.Problem(
                                                    "billing.md",
                                                    12,
                                                    Flaw.ANSWER_TOO_LONG,
                                                    List.of("601", "600")))));

    @Test
    void saysWhatIsWrongInTheLanguageOfTheRequest() {
        assertThat(problems(Locale.CHINESE))
                .containsExactly(
                        new Problem("billing.md", 12, "answer-too-long", "答案有 601 字，最多 600 字"));
        assertThat(problems(Locale.ENGLISH))
                .containsExactly(
                        new Problem(
                                "billing.md",
                                12,
                                "answer-too-long",
                                "the answer has 601 characters; a message takes 600"));
    }

    private List<Problem> problems(Locale locale) {
        return endpoint.status(locale).blockOptional().orElseThrow().problems();
    }
}
