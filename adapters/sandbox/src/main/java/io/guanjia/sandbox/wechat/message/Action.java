package io.guanjia.sandbox.wechat.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.guanjia.weixin.protocol.XmlWriter;

/** Something that happens in an official account and that the platform reports by a callback. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Message.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Message.MenuChoice.class, name = "menuChoice"),
    @JsonSubTypes.Type(value = Message.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Message.Voice.class, name = "voice"),
    @JsonSubTypes.Type(value = Message.Video.class, name = "video"),
    @JsonSubTypes.Type(value = Message.ShortVideo.class, name = "shortvideo"),
    @JsonSubTypes.Type(value = Message.Location.class, name = "location"),
    @JsonSubTypes.Type(value = Message.Link.class, name = "link"),
    @JsonSubTypes.Type(value = Message.File.class, name = "file"),
    @JsonSubTypes.Type(value = Message.MiniProgramPage.class, name = "miniprogrampage"),
    @JsonSubTypes.Type(value = Message.Other.class, name = "otherMessage"),
    @JsonSubTypes.Type(value = Event.Subscribe.class, name = "subscribe"),
    @JsonSubTypes.Type(value = Event.Unsubscribe.class, name = "unsubscribe"),
    @JsonSubTypes.Type(value = Event.Scan.class, name = "scan"),
    @JsonSubTypes.Type(value = Event.ReportLocation.class, name = "reportLocation"),
    @JsonSubTypes.Type(value = MenuEvent.Click.class, name = "click"),
    @JsonSubTypes.Type(value = MenuEvent.View.class, name = "view"),
    @JsonSubTypes.Type(value = MenuEvent.ViewMiniProgram.class, name = "viewMiniprogram"),
    @JsonSubTypes.Type(value = MenuEvent.ScanCode.class, name = "scancode"),
    @JsonSubTypes.Type(value = MenuEvent.SendPictures.class, name = "pictures"),
    @JsonSubTypes.Type(value = MenuEvent.SelectLocation.class, name = "locationSelect"),
    @JsonSubTypes.Type(value = Event.AnswerSubscription.class, name = "answerSubscription"),
    @JsonSubTypes.Type(value = Event.ChangeSubscription.class, name = "changeSubscription"),
    @JsonSubTypes.Type(value = ResultEvent.KfSession.class, name = "kfSession"),
    @JsonSubTypes.Type(value = Event.Enter.class, name = "enter"),
    @JsonSubTypes.Type(value = Event.Other.class, name = "otherEvent"),
})
public sealed interface Action permits Message, Event {

    /** The callback's {@code MsgType}. */
    String msgType();

    /** A short name for lists: {@code text}, or {@code event CLICK}. */
    String summary();

    /** What the account may do because of it. */
    Trigger trigger();

    /**
     * Whether the customer waits for something to happen, so that failures are shown in the chat.
     */
    boolean awaitsAnswer();

    /** Writes the elements that follow {@code MsgType}, without {@code MsgId}. */
    void write(XmlWriter xml, Pictures pictures);
}
