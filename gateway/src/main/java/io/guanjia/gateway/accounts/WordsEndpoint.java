package io.guanjia.gateway.accounts;

import io.guanjia.gateway.WordFiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Locale;
import java.util.Map;

/**
 * What people at the desk read of a channel, such as its name. Each channel brings it in its own
 * folder, as {@code console/<channel>.properties}, so that the console need not know which channels
 * there are.
 */
@RestController
@Tag(name = "Channels")
final class WordsEndpoint {

    private final WordFiles words = WordFiles.read("console");

    @GetMapping("/api/v1/words")
    @Operation(
            summary = "Put what channels have of their own into words",
            description =
                    "In the language of the request: `channel.{channel}`, `setting.{key}` and"
                            + " `settingHint.{key}` where the platform has no word for a setting,"
                            + " `choice.{value}`, `api.{api}` and `sign.{part}`.")
    Map<String, String> words(@Parameter(hidden = true) Locale locale) {
        return words.in(locale);
    }
}
