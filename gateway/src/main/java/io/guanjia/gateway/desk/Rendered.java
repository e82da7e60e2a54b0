package io.guanjia.gateway.desk;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.Locale;

/** A frame as bytes, made once for each language however many people get it. */
final class Rendered {

    private final Frame frame;
    private final JsonMapper mapper;
    private byte @Nullable [] chinese;
    private byte @Nullable [] english;

    Rendered(Frame frame, JsonMapper mapper) {
        this.frame = frame;
        this.mapper = mapper;
    }

    synchronized byte[] in(Locale locale) {
        if (locale.getLanguage().equals("en")) {
            if (english == null) {
                english = mapper.writeValueAsBytes(frame.in(locale));
            }
            return english;
        }
        if (chinese == null) {
            chinese = mapper.writeValueAsBytes(frame.in(locale));
        }
        return chinese;
    }
}
