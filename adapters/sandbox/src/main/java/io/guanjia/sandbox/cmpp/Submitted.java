package io.guanjia.sandbox.cmpp;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One CMPP_SUBMIT as it came.
 *
 * @param number counts them from 1
 * @param msgId what it was answered with, in hexadecimal
 * @param format Msg_Fmt
 * @param text of this part alone; null where it is no text
 * @param result what it was answered with; null for no answer
 */
public record Submitted(
        long number,
        Instant at,
        String msgId,
        String destination,
        String sourceId,
        int part,
        int parts,
        int format,
        @Nullable String text,
        @Nullable Integer result) {}
