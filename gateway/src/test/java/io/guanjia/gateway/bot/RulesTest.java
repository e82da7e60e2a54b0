package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.gateway.bot.BotAnswer.WantsPerson.Reason;
import io.guanjia.gateway.bot.KnowledgeStatus.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class RulesTest {

    private static final Rules RULES = new KnowledgeFolder(Samples.KNOWLEDGE).read().rules();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "人工",
                "转人工",
                "人工！！！",
                "人 工 客 服",
                "轉人工",
                "我要轉接人工客服",
                "找人工客服",
                "人工服务",
                "能不能给我转个人工啊",
                "转人功",
                "转人公客服",
                "rengong",
                "zhuan ren gong",
                "我要和真人说话",
                "叫你们经理来",
                "找你们领导",
                "有人吗",
                "有人在吗？",
                "有没有人啊",
                "没人回我吗",
                "客服在吗",
                "客服",
                "找客服",
                "转接客服人员",
                "我不想跟机器人说话",
                "别用机器人跟我说话",
                "帮我接一下人",
                "换个人来",
                "叫个人跟我说",
                "让你们经理来",
                "让主管跟我说",
                "你们领导呢",
                "要人",
                "转接",
                "让人来",
                "接线员",
                "我想跟客服说",
                "能不能让人回我",
                "你个机器人听不懂，转客服",
                "不要人工智能，要人工",
                "Human please",
                "agent",
                "I want to speak to a real person",
                "can I talk to someone?",
                "connect me to an agent",
                "customer service"
            })
    void callsAPersonWhenAskedInAnyWording(String text) {
        assertThat(reason(text)).contains(Reason.ASKED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "人工智能是什么",
                "人工费多少",
                "不用转人工了",
                "不需要人工",
                "人工客服几点上班",
                "客服电话是多少",
                "有人用过你们的白金卡吗",
                "个人公积金能贷款吗",
                "工资卡怎么换",
                "转入工资卡要手续费吗",
                "帮别人还信用卡",
                "怎么转接到其他卡",
                "让别人还款可以吗",
                "客户经理工资多少",
                "travel agent discount",
                "怎么申请信用卡",
                "12345678",
                ""
            })
    void leavesOtherQuestionsToTheBot(String text) {
        assertThat(reason(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我要投诉",
                "我要投訴你們",
                "再不处理我打12378",
                "我去消协告你们",
                "我要在网上曝光你们",
                "向银保监会举报你们",
                "我要起诉你们银行",
                "什么垃圾银行",
                "服务态度太差了",
                "维权",
                "I want to file a complaint"
            })
    void handsComplaintsToAPerson(String text) {
        assertThat(reason(text)).contains(Reason.COMPLAINT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我的卡丢了",
                "卡不见了怎么办",
                "信用卡好像掉了",
                "银行卡被偷了",
                "卡找不到了",
                "我把卡弄丢了",
                "我被盗刷了",
                "這筆不是我刷的",
                "不是我本人消费",
                "我没有刷过这笔",
                "我被骗了五千块",
                "钱被人转走了",
                "卡里的钱突然少了",
                "我把验证码告诉别人了",
                "点了一个可疑链接",
                "手机卡和银行卡都丢了",
                "my card was stolen",
                "I lost my credit card",
                "there is an unauthorized charge",
                "被盗刷了，我要投诉，转人工"
            })
    void handsLossAndFraudToAPersonFirst(String text) {
        assertThat(reason(text)).contains(Reason.LOSS_OR_FRAUD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "信用卡怎么挂失",
                "挂失要收费吗",
                "补卡多少钱",
                "盗刷险怎么开通",
                "怎么防止盗刷",
                "如何识别诈骗",
                "投诉电话是多少",
                "手机卡丢了没补",
                "社保卡丢了怎么补",
                "卡注销掉了还能恢复吗",
                "ATM吞卡了"
            })
    void answersQuestionsAboutLossAndFraudItself(String text) {
        assertThat(reason(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"都不是", "不是这些", "没有我要的", "都不对", "none of these", "No"})
    void hearsThatNoneOfTheSuggestionsFits(String text) {
        assertThat(RULES.declines(Utterance.of(text))).isTrue();
    }

    @Test
    void takesGreetingsAndThanksOutOfAQuestion() {
        assertThat(bare("您好，请问信用卡怎么还款呀，谢谢！")).isEqualTo("信用卡怎么还款");
        assertThat(bare("麻烦问一下 年费多少")).isEqualTo("年费多少");
        assertThat(bare("谢谢")).isEqualTo("谢谢");
        assertThat(bare("你好")).isEqualTo("你好");
    }

    @Test
    void noticesTheBusinessOfOthers() {
        assertThat(RULES.namesOthers(Utterance.of("招商银行的信用卡怎么激活"))).isTrue();
        assertThat(RULES.namesOthers(Utterance.of("花呗可以提额吗"))).isTrue();
        assertThat(RULES.namesOthers(Utterance.of("微信能还信用卡吗"))).isFalse();
        assertThat(RULES.namesOthers(Utterance.of("中国银行卡能还你们的信用卡吗"))).isFalse();
    }

    @Test
    void namesTheLineThatIsWrong() {
        var problems = new ArrayList<Problem>();

        RulesFile.parse("rules.txt", "人工\n[asked]\n# fine\n转(人工\n[askd]\n-(\n", problems);

        assertThat(problems)
                .extracting(Problem::line, Problem::flaw, problem -> problem.facts().size())
                .containsExactly(
                        tuple(1, Flaw.SECTION_MISSING, 0),
                        tuple(4, Flaw.PATTERN_MALFORMED, 1),
                        tuple(5, Flaw.SECTION_UNKNOWN, 2),
                        tuple(6, Flaw.PATTERN_MALFORMED, 1));
    }

    @Test
    @Timeout(10)
    void isNotHeldUpByAHostileText() {
        for (var part : List.of("卡", "卡被", "有人", "我", "a ", "不 ", "人工智能", "1")) {
            assertThat(reason("卡" + part.repeat(5_000))).isNotNull();
        }
    }

    private static Optional<Reason> reason(String text) {
        return RULES.person(Utterance.of(text));
    }

    private static String bare(String text) {
        return RULES.withoutFillers(Utterance.of(text)).text();
    }
}
