package io.guanjia.sandbox.wechat;

/** What a bank's service account has: a menu, message templates, and a few followers. */
public final class DemoBank {

    private static final String MENU =
            """
            {"button":[
              {"name":"信用卡","sub_button":[
                {"type":"click","name":"本期账单","key":"CARD_BILL"},
                {"type":"click","name":"剩余额度","key":"CARD_LIMIT"},
                {"type":"click","name":"卡片挂失","key":"CARD_LOSS"},
                {"type":"view","name":"申请办卡","url":"https://example.com/cards/apply"}]},
              {"name":"我的账户","sub_button":[
                {"type":"click","name":"账户余额","key":"ACCOUNT_BALANCE"},
                {"type":"click","name":"网点查询","key":"BRANCHES"},
                {"type":"scancode_waitmsg","name":"扫码办理","key":"SCAN_SERVICE"}]},
              {"type":"click","name":"人工客服","key":"HUMAN"}]}
            """;

    private DemoBank() {}

    /** Furnishes an account, which loses nothing it has. */
    public static void furnish(WechatAccount account) {
        if (account.menu() == null) {
            account.menu(MENU);
        }
        account.add(
                new MessageTemplate(
                        "TM_TRADE_ALERT_0000000000000000000000000001",
                        "交易提醒",
                        """
                        交易时间：{{time1.DATA}}
                        交易类型：{{thing2.DATA}}
                        交易金额：{{amount3.DATA}}
                        卡号尾号：{{character_string4.DATA}}\
                        """));
        account.add(
                new MessageTemplate(
                        "TM_BILL_READY_00000000000000000000000000002",
                        "账单已出提醒",
                        """
                        账单月份：{{time1.DATA}}
                        应还金额：{{amount2.DATA}}
                        最后还款日：{{time3.DATA}}\
                        """));
        account.add(
                new MessageTemplate(
                        "TM_SERVICE_PROGRESS_000000000000000000000003",
                        "业务办理进度通知",
                        """
                        业务名称：{{thing1.DATA}}
                        办理状态：{{phrase2.DATA}}
                        温馨提示：{{thing3.DATA}}\
                        """));
        account.customer("李雷");
        account.customer("韩梅梅");
        account.stranger("林涛");
    }
}
