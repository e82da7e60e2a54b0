package io.guanjia.contract;

import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.message.Content;

import java.util.List;
import java.util.Map;

/** Something of each kind, small enough for any channel. */
final class SampleContent {

    private SampleContent() {}

    static Content of(Kind kind) {
        return switch (kind) {
            case TEXT -> new Content.Text("您好，已为您查到。");
            case IMAGE -> new Content.Image(SampleFiles.IMAGE);
            case VOICE -> new Content.Voice(SampleFiles.VOICE, null, "amr");
            case VIDEO -> new Content.Video(SampleFiles.VIDEO, null, "开卡步骤", null);
            case FILE -> new Content.File(SampleFiles.FILE, "账单.pdf", SampleFiles.FILE.size());
            case LOCATION -> new Content.Location(31.23, 121.47, "人民广场支行", 16.0);
            case LINK -> new Content.Link("还款日历", "每月还款提醒", "https://bank.example/calendar", null);
            case MINI_PROGRAM ->
                    new Content.MiniProgram(
                            "手机银行", "wx0000000000000009", "pages/index", SampleFiles.THUMBNAIL);
            case SUGGESTIONS ->
                    new Content.Suggestions(
                            "您想问的是：",
                            List.of(
                                    new Content.Option("repay", "怎么还款"),
                                    new Content.Option("limit", "怎么提额")),
                            null);
            case TEMPLATE ->
                    new Content.Template(
                            Content.Template.Kind.SUBSCRIPTION,
                            "bill-ready",
                            null,
                            null,
                            Map.of("thing1", "三月账单"));
            case NATIVE -> new Content.Native("unheard-of", Map.of("a", 1));
            case EVENT -> throw new IllegalArgumentException("nobody sends events");
        };
    }
}
