package io.guanjia.sandbox.sms;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What an account wants sent.
 *
 * @param reference the account's own id for it
 * @param template null where the text is given
 * @param text null where a template is named
 */
record Submission(
        String reference,
        List<String> numbers,
        String sign,
        @Nullable String template,
        Map<String, String> variables,
        @Nullable String text) {}
