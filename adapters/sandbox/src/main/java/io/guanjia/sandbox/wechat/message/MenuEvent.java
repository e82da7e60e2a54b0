package io.guanjia.sandbox.wechat.message;

import io.guanjia.weixin.protocol.XmlWriter;

import java.util.List;

/** A tap on an entry of the account's menu. */
public sealed interface MenuEvent extends Event {

    record Click(String key) implements MenuEvent {
        @Override
        public String detail() {
            return key;
        }

        @Override
        public String event() {
            return "CLICK";
        }

        @Override
        public Trigger trigger() {
            return Trigger.MENU_CLICK;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", key);
        }
    }

    record View(String url, String menuId) implements MenuEvent {
        @Override
        public String detail() {
            return url;
        }

        @Override
        public String event() {
            return "VIEW";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", url).cdata("MenuId", menuId);
        }
    }

    record ViewMiniProgram(String pagePath, String menuId) implements MenuEvent {
        @Override
        public String detail() {
            return pagePath;
        }

        @Override
        public String event() {
            return "view_miniprogram";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", pagePath).cdata("MenuId", menuId);
        }
    }

    /**
     * A menu entry that scans a code.
     *
     * @param waiting whether the phone shows 消息接收中 until the account answers ({@code
     *     scancode_waitmsg}) or not ({@code scancode_push})
     */
    record ScanCode(String key, String scanType, String result, boolean waiting)
            implements MenuEvent {
        @Override
        public String detail() {
            return result;
        }

        @Override
        public String event() {
            return waiting ? "scancode_waitmsg" : "scancode_push";
        }

        @Override
        public Trigger trigger() {
            return Trigger.MENU_CLICK;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", key);
            xml.group(
                    "ScanCodeInfo",
                    info -> info.cdata("ScanType", scanType).cdata("ScanResult", result));
        }
    }

    /**
     * A menu entry that takes or picks pictures; the pictures follow as messages.
     *
     * @param from {@code pic_sysphoto}, {@code pic_photo_or_album} or {@code pic_weixin}
     */
    record SendPictures(String from, String key, List<String> md5) implements MenuEvent {
        public SendPictures {
            md5 = List.copyOf(md5);
        }

        @Override
        public String event() {
            return from;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", key);
            xml.group(
                    "SendPicsInfo",
                    info ->
                            info.plain("Count", md5.size())
                                    .group(
                                            "PicList",
                                            list ->
                                                    md5.forEach(
                                                            sum ->
                                                                    list.group(
                                                                            "item",
                                                                            item ->
                                                                                    item.cdata(
                                                                                            "PicMd5Sum",
                                                                                            sum)))));
        }
    }

    /** A menu entry that picks a place; a location message follows. */
    record SelectLocation(String key, double latitude, double longitude, String label, String poi)
            implements MenuEvent {
        @Override
        public String detail() {
            return label;
        }

        @Override
        public String event() {
            return "location_select";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", key);
            xml.group(
                    "SendLocationInfo",
                    info ->
                            info.cdata("Location_X", Double.toString(latitude))
                                    .cdata("Location_Y", Double.toString(longitude))
                                    .cdata("Scale", "15")
                                    .cdata("Label", label)
                                    .cdata("Poiname", poi));
        }
    }
}
