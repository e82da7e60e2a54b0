package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.gateway.bot.KnowledgeFile.Placed;
import io.guanjia.gateway.bot.KnowledgeStatus.Problem;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class KnowledgeFileTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void readsQuestionsWordingsAndAnswers() {
        var entries =
                parse(
                        """
                        # 账单

                        给编辑看的说明。

                        ## 怎么查账单 {#bill-view}

                        - 账单在哪
                        <!-- 这一条是
                        - 客户原话 -->
                        - 查账单

                        第一行。

                        - 第二行
                        ### en: How do I see my bill?

                        - my bill

                        Open the app.

                        ## 怎么还款 {#repay}
                        - 还钱
                        这样还。
                        """);

        assertThat(problems).isEmpty();
        assertThat(entries)
                .extracting(Placed::entry)
                .containsExactly(
                        new Entry(
                                "bill-view",
                                false,
                                new Entry.Text("怎么查账单", List.of("账单在哪", "查账单"), "第一行。\n\n- 第二行"),
                                new Entry.Text(
                                        "How do I see my bill?",
                                        List.of("my bill"),
                                        "Open the app.")),
                        new Entry(
                                "repay",
                                false,
                                new Entry.Text("怎么还款", List.of("还钱"), "这样还。"),
                                null));
        assertThat(entries).extracting(Placed::line).containsExactly(5, 21);
    }

    @Test
    void marksSmallTalk() {
        var entries = parse("# 寒暄 {.smalltalk}\n## 你好 {#hello}\n- 您好\n您好！\n");

        assertThat(entries).singleElement().matches(one -> one.entry().smallTalk());
    }

    @Test
    void namesEveryLineThatIsWrong() {
        var entries =
                parse(
                        """
                        ## 没有主题 {#no-topic}
                        - 甲
                        答。
                        ## 没有编号
                        - 乙
                        答。
                        ## 编号不对 {#Bill_View}
                        - 丙
                        答。
                        ## 没有问法 {#no-wordings}
                        答。
                        ## 没有答案 {#no-answer}
                        - 丁
                        -
                        #### 四级标题
                        # 第二个主题
                        ### en: Orphan
                        ## 好的 {#fine}
                        - 戊
                        答。
                        <!-- 没有结束
                        """);

        assertThat(problems)
                .extracting(Problem::line)
                .containsExactlyInAnyOrder(1, 4, 7, 10, 12, 14, 15, 16, 17, 21);
        assertThat(problems)
                .extracting(Problem::line, Problem::flaw)
                .contains(
                        tuple(4, Flaw.ID_MISSING),
                        tuple(12, Flaw.ANSWER_MISSING),
                        tuple(21, Flaw.COMMENT_OPEN));
        assertThat(entries).extracting(one -> one.entry().id()).contains("fine");
    }

    @Test
    void namesTheLineOnWhichACommentBeginsThatNeverEnds() {
        parse("<!-- 没有结束\n# 主题\n");
        parse("# 主题\n<!-- 有结束\n-->\n## 问题 {#id}\n- 问\n答。<!-- 没有结束\n");

        assertThat(problems)
                .filteredOn(one -> one.flaw() == Flaw.COMMENT_OPEN)
                .extracting(Problem::line)
                .containsExactly(1, 6);
    }

    @Test
    void refusesAnAnswerNobodyWouldRead() {
        parse("# 主题\n## 问题 {#id}\n- 问\n" + "长".repeat(601) + "\n");

        assertThat(problems)
                .containsExactly(Problem.of("test.md", 2, Flaw.ANSWER_TOO_LONG, 601, 600));
    }

    @Test
    void refusesAMarkNobodyKnows() {
        parse("# 寒暄 {.chat}\n## 你好 {#hello}\n- 您好\n您好！\n");

        assertThat(problems)
                .containsExactly(
                        Problem.of("test.md", 1, Flaw.MARK_UNKNOWN, "{.chat}", "{.smalltalk}"));
    }

    @Test
    void refusesAnEmptyFile() {
        parse("\n\n");

        assertThat(problems).singleElement().extracting(Problem::line).isEqualTo(1);
    }

    private List<Placed> parse(String text) {
        return KnowledgeFile.parse("test.md", text, problems);
    }
}
