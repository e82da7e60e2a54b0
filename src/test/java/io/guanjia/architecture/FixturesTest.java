package io.guanjia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Map.entry;

import io.guanjia.contract.Fixtures;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Shows that none of the fixtures is forgotten: each is named by a conformance test of some
 * adapter, by itself or with its folder, or is left out here for a reason. A file that is neither
 * fails.
 *
 * <p>That a test names a folder is read in its source; that it then leaves nothing of the folder
 * out is for the test itself to say.
 */
class FixturesTest {

    private static final Path ADAPTERS =
            Path.of(System.getProperty("guanjia.root", "../.."), "adapters");

    private static final Pattern CONFORMANCE_TEST =
            Pattern.compile("(.*Conformance|WechatErrors)Test\\.java");

    private static final String PACKAGES = "src/test/java/io/guanjia/";

    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\\\n]+)\"");

    private static final String THIRD_PARTY = "微信开放平台 第三方平台, which acts for accounts of others";
    private static final String MENUS = "自定义菜单 and 自动回复, which are set in the console";
    private static final String MEMBERS = "通讯录 and 应用管理, which we do not ask for";
    private static final String CUSTOMERS = "客户联系 beyond what we send and ask about it";
    private static final String FOLLOWERS = "用户管理 and 账号管理, which we do not ask for";
    private static final String PROGRAMS = "管理 and 数据分析 of mini programs";
    private static final String NOT_CALLED = "an API that we do not call";

    /** Why files are left out: of a product or an API that is no channel's of ours. */
    private static final Map<String, String> LEFT_OUT =
            Map.ofEntries(
                    entry("cloudhopper-smpp/*", "SMPP, which we do not speak"),
                    entry("node-smpp/*", "SMPP, which we do not speak"),
                    // go-workwx
                    entry("go-workwx/mod_test/01_*", "encrypted with a key that is not published"),
                    entry("go-workwx/models_test/04_*", "应用发送消息到群聊会话 (appchat/send), not called"),
                    // node-easywechat
                    entry("node-easywechat/AccessTokenAwareClient.test/*", "its own HTTP client"),
                    entry(
                            "node-easywechat/{OfficialAccount,Work}_Application.test/*",
                            "its own settings"),
                    entry("node-easywechat/OpenPlatform_Server.test/*", THIRD_PARTY),
                    // wechatpy
                    entry("wechatpy/fixtures/component/*", THIRD_PARTY),
                    entry(
                            "wechatpy/fixtures/customservice_*",
                            "客服 of the platform's own desk; ours has another"),
                    entry("wechatpy/fixtures/{get_current,menu}_*", MENUS),
                    entry("wechatpy/fixtures/message_mass_*", "群发接口, not called"),
                    entry("wechatpy/fixtures/{user,qrcode}_*", FOLLOWERS),
                    entry("wechatpy/fixtures/changeopenid.json", FOLLOWERS),
                    entry(
                            "wechatpy/fixtures/{sns,wxa}_*",
                            "logins on the web and in mini programs"),
                    entry("wechatpy/fixtures/ticket_getticket.json", "JS-SDK"),
                    entry(
                            "wechatpy/fixtures/{callback_check,getcallbackip,media_uploadimg}.json",
                            NOT_CALLED),
                    entry("wechatpy/fixtures/work/getcallbackip.json", NOT_CALLED),
                    entry("wechatpy/fixtures/work/user_*", MEMBERS),
                    entry(
                            "wechatpy/fixtures/work/externalcontact_*_{contact_way,tag}.json",
                            CUSTOMERS),
                    entry(
                            "wechatpy/fixtures/work/externalcontact_{get,list,transfer}.json",
                            CUSTOMERS),
                    entry(
                            "wechatpy/fixtures/work/externalcontact_{batch,groupchat_list}*",
                            CUSTOMERS),
                    entry(
                            "wechatpy/fixtures/work/externalcontact_get_{follow,unassigned,user}_*",
                            CUSTOMERS),
                    entry("wechatpy/fixtures/work/externalcontact_group_welcome_*", CUSTOMERS),
                    entry("wechatpy/test_crypto/04_*", "微信支付"),
                    // WxJava, 公众号
                    entry("wxjava/WxMenuTest/*", MENUS),
                    entry("wxjava/WxMp{GetSelfMenuInfoResult,Menu,MenuServiceImpl}Test/*", MENUS),
                    entry("wxjava/WxMpUserServiceImplTest/*", FOLLOWERS),
                    entry(
                            "wxjava/WxMp{KfList,KfOnlineList}Test/*",
                            "客服 of the platform's own desk; ours has another"),
                    entry(
                            "wxjava/WxMpSubscribeMessageTest/*",
                            "一次性订阅消息 (template/subscribe), not called"),
                    entry(
                            "wxjava/WxMpTemplateIndustryTest/*",
                            "模板消息's 所属行业, which is set in the console"),
                    entry(
                            "wxjava/WxMp{CommentServiceImpl,ImgProcServiceImpl,UserAction}Test/*",
                            NOT_CALLED),
                    entry("wxjava/WxNetCheckResultTest/*", NOT_CALLED),
                    entry("wxjava/WxCryptUtilTest/01_*", "a form to be filled in"),
                    // WxJava, 小程序
                    entry("wxjava/WxMaCode{CommitRequest,SubmitAuditRequest}Test/*", PROGRAMS),
                    entry("wxjava/WxMa{CodeVersion,Visit}DistributionTest/*", PROGRAMS),
                    entry("wxjava/WxMa{RetainInfo,ServiceImpl,UserPortrait}Test/*", PROGRAMS),
                    entry(
                            "wxjava/WxMa{RunStepInfo,UserServiceImpl}Test/*",
                            "logins and data of mini programs' users"),
                    entry("wxjava/WxMaDeviceSubscribeServiceImplTest/*", "设备消息, not called"),
                    entry("wxjava/WxMaUniformMessageGsonAdapterTest/*", "统一服务消息, not called"),
                    // WxJava, 企业微信
                    entry("wxjava/WxCp{Agent,Tag,TpTag}ServiceImplTest/*", MEMBERS),
                    entry(
                            "wxjava/BaseWxCpTpServiceImplTest/*",
                            "授权 of a third party's application"),
                    entry(
                            "wxjava/WxCpTpXmlPackageTest/*",
                            "an envelope with nothing encrypted in it"),
                    entry("wxjava/WxCp{ExternalContact,UserExternalContactInfo}Test/*", CUSTOMERS),
                    entry("wxjava/WxCpUpdateRemarkRequestTest/*", CUSTOMERS),
                    entry("wxjava/WxCpLinkedCorpMessageTest/*", "互联企业消息 (linkedcorp), not called"),
                    entry("wxjava/TemplateCardMessageTest/*", "更新模版卡片消息, not called"),
                    entry(
                            "wxjava/WxCpXmlOut*MessageTest/*",
                            "被动回复 of an application, which never answers so here"),
                    // WxJava, 开放平台
                    entry("wxjava/WxFastMa*Test/*", THIRD_PARTY),
                    entry("wxjava/WxOpen*Test/*", THIRD_PARTY));

    @Test
    void everyFileIsReadOrLeftOutForAReason() throws IOException {
        if (!Fixtures.present()) {
            return;
        }
        var names = namedByChannel();
        var unread = new ArrayList<String>();
        var both = new ArrayList<String>();
        var used = new HashSet<String>();
        var read = new TreeMap<String, Integer>();
        var leftOut = new TreeMap<String, Integer>();
        for (var file : Fixtures.all()) {
            var readers =
                    names.entrySet().stream()
                            .filter(channel -> isNamed(file, channel.getValue()))
                            .map(Map.Entry::getKey)
                            .toList();
            var globs = LEFT_OUT.keySet().stream().filter(glob -> matches(glob, file)).toList();
            readers.forEach(channel -> read.merge(channel, 1, Integer::sum));
            globs.forEach(glob -> leftOut.merge(reason(glob), 1, Integer::sum));
            used.addAll(globs);
            if (readers.isEmpty() == globs.isEmpty()) {
                (readers.isEmpty() ? unread : both).add(file);
            }
        }
        System.out.printf(
                "conformance: fixtures read by channel: %s; left out: %s%n", read, leftOut);
        assertThat(unread).as("neither read by a conformance test nor left out").isEmpty();
        assertThat(both).as("left out and read all the same").isEmpty();
        assertThat(used).as("left out and there").containsAll(LEFT_OUT.keySet());
    }

    private static boolean isNamed(String file, Set<String> names) {
        return names.stream().anyMatch(name -> file.equals(name) || file.startsWith(name + "/"));
    }

    private static String reason(String glob) {
        return Objects.requireNonNull(LEFT_OUT.get(glob));
    }

    private static boolean matches(String glob, String file) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(file));
    }

    /**
     * The texts in the conformance tests of each channel, or of the protocol it shares, among them
     * the files and folders they read. A channel is the folder of its tests, such as {@code
     * wecom-kf}.
     */
    private static Map<String, Set<String>> namedByChannel() throws IOException {
        var names = new TreeMap<String, Set<String>>();
        try (var files = Files.walk(ADAPTERS)) {
            for (var file : files.filter(FixturesTest::isConformanceTest).toList()) {
                LITERAL.matcher(Files.readString(file))
                        .results()
                        .map(text -> text.group(1))
                        .forEach(names.computeIfAbsent(channel(file), _ -> new HashSet<>())::add);
            }
        }
        return names;
    }

    private static boolean isConformanceTest(Path file) {
        return CONFORMANCE_TEST.matcher(file.getFileName().toString()).matches();
    }

    private static String channel(Path test) {
        var folder = Objects.requireNonNull(test.getParent()).toString().replace('\\', '/');
        return folder.substring(folder.indexOf(PACKAGES) + PACKAGES.length())
                .replaceFirst("^adapters/", "")
                .replace('/', '-');
    }
}
