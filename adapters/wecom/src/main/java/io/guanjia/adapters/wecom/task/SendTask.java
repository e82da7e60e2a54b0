package io.guanjia.adapters.wecom.task;

import io.guanjia.gateway.message.Content;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Something that members are to send.
 *
 * @param key the asker's own: the same task asked for twice is one task
 * @param account the name of one of our accounts
 * @param said words, pictures, films, files, links and mini programs, up to nine besides the words
 */
public record SendTask(String key, String account, Audience audience, List<Content> said) {

    public SendTask {
        said = List.copyOf(said);
        if (key.isBlank() || said.isEmpty()) {
            throw new IllegalArgumentException("a task has a key and something to say");
        }
    }

    /** Who is to get it. Source: 企业微信开发者中心, 创建企业群发 (92135). */
    public sealed interface Audience {

        int MOST_CUSTOMERS = 10_000;
        int MOST_GROUPS = 2_000;

        /** As the platform names them. */
        List<String> ids();

        /**
         * The member who is to send; null where the platform finds those who have the customers.
         */
        @Nullable String sender();

        /**
         * Customers of members.
         *
         * @param ids none for all of the sender's
         */
        record Customers(@Nullable String sender, List<String> ids) implements Audience {
            public Customers {
                ids = List.copyOf(ids);
                if (ids.size() > MOST_CUSTOMERS) {
                    throw new IllegalArgumentException("more than 10000 customers");
                }
                if (ids.isEmpty() && sender == null) {
                    throw new IllegalArgumentException("neither customers nor a sender");
                }
            }
        }

        /**
         * Customer groups that the sender owns.
         *
         * @param ids none for those that the sender chooses
         */
        record Groups(String sender, List<String> ids) implements Audience {
            public Groups {
                ids = List.copyOf(ids);
                if (ids.size() > MOST_GROUPS) {
                    throw new IllegalArgumentException("more than 2000 groups");
                }
            }
        }
    }

    /** Leaves out what is said and to whom: this ends up in logs. */
    @Override
    public String toString() {
        return "SendTask[" + key + ", " + account + "]";
    }
}
