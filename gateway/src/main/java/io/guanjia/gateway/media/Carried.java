package io.guanjia.gateway.media;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The files that a message carries. */
public final class Carried {

    private Carried() {}

    /** Whether there is anything that only the platform has so far. */
    public static boolean elsewhere(Content content) {
        return media(content).stream().anyMatch(Carried::elsewhere);
    }

    static boolean elsewhere(Media media) {
        return media.id() == null && (media.platformId() != null || media.source() != null);
    }

    static List<Media> media(Content content) {
        return switch (content) {
            case Content.Image image -> List.of(image.media());
            case Content.Voice voice -> List.of(voice.media());
            case Content.Video video -> present(video.media(), video.thumbnail());
            case Content.File file -> List.of(file.media());
            case Content.MiniProgram program -> present(program.thumbnail());
            case Content.Text _,
                    Content.Location _,
                    Content.Link _,
                    Content.Suggestions _,
                    Content.Choice _,
                    Content.Template _,
                    Content.Native _,
                    Content.Unreadable _,
                    Event _ ->
                    List.of();
        };
    }

    /** The same content with each file as {@code change} gives it. */
    static Content with(Content content, UnaryOperator<Media> change) {
        return switch (content) {
            case Content.Image image -> new Content.Image(change.apply(image.media()));
            case Content.Voice voice ->
                    new Content.Voice(
                            change.apply(voice.media()), voice.recognition(), voice.format());
            case Content.Video video ->
                    new Content.Video(
                            change.apply(video.media()),
                            optional(video.thumbnail(), change),
                            video.title(),
                            video.description());
            case Content.File file ->
                    new Content.File(change.apply(file.media()), file.name(), file.size());
            case Content.MiniProgram program ->
                    new Content.MiniProgram(
                            program.title(),
                            program.appid(),
                            program.path(),
                            optional(program.thumbnail(), change));
            case Content.Text _,
                    Content.Location _,
                    Content.Link _,
                    Content.Suggestions _,
                    Content.Choice _,
                    Content.Template _,
                    Content.Native _,
                    Content.Unreadable _,
                    Event _ ->
                    content;
        };
    }

    private static List<Media> present(@Nullable Media... media) {
        return Stream.of(media).filter(Objects::nonNull).toList();
    }

    private static @Nullable Media optional(@Nullable Media media, UnaryOperator<Media> change) {
        return media == null ? null : change.apply(media);
    }
}
