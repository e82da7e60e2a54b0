package io.guanjia.gateway.journal;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** How a record is written in the journal and the spool. Readers accept fields they do not know. */
public final class JournalCodec {

    private final JsonMapper json;

    public JournalCodec(JsonMapper json) {
        this.json = json;
    }

    Entry encode(JournalRecord record) {
        return new Entry(record.inbound().from().key(), json.writeValueAsBytes(record));
    }

    /** Fails with {@link Undecodable}. */
    public JournalRecord decode(byte[] value) {
        try {
            JournalRecord record = json.readValue(value, JournalRecord.class);
            if (record == null) {
                throw new Undecodable("null");
            }
            return record;
        } catch (JacksonException | IllegalArgumentException e) {
            // The parser's own message quotes what it read, which is personal data.
            throw new Undecodable(e.getClass().getSimpleName());
        }
    }

    /** A record that no release so far can read. */
    public static final class Undecodable extends RuntimeException {
        Undecodable(String reason) {
            super("undecodable record: " + reason, null, false, false);
        }
    }
}
