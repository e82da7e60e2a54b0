package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A channel whose accounts can be added, changed and removed while it works. A bean of this type
 * beside the channel is all it takes for the console to manage them.
 *
 * @param <A> one account's settings: an immutable record that is bound by the same keys as in the
 *     settings file and whose constructor names what is wrong
 */
public interface ManagedAccounts<A> {

    /** The channel's name. */
    String channel();

    Class<A> type();

    /** What an administrator fills in, in that order. What is not named keeps its default. */
    List<Field> fields();

    /** Whether the platform calls an address of ours, which somebody enters in its console. */
    default boolean calledBack() {
        return true;
    }

    /** The accounts of the settings file, which cannot be changed from the console. */
    List<A> fromSettings();

    /** Works with these from now on. What is under way with another ends as it began. */
    void replaceAccounts(List<A> accounts);

    /**
     * One setting.
     *
     * @param key as in the settings file, such as {@code app-id}
     * @param term the platform's own word for it, such as 开发者ID(AppID)
     * @param advanced whether hardly anybody needs it, so that it is out of the way at first
     * @param standard what holds where nothing is written, as it would be written; null where that
     *     is nothing, or needs no saying
     */
    record Field(
            String key,
            String term,
            Kind kind,
            boolean required,
            List<String> choices,
            boolean advanced,
            @Nullable String standard) {

        public enum Kind {
            TEXT,
            /**
             * Of a server that we call, or a part of it such as a port: where the account's secrets
             * go. Nobody changes it without saying them again.
             */
            ADDRESS,
            /** Written and never read again; stored encrypted. */
            SECRET,
            NUMBER,
            FLAG,
            CHOICE
        }

        public Field {
            choices = List.copyOf(choices);
        }

        public static Field text(String key, String term) {
            return new Field(key, term, Kind.TEXT, true, List.of(), false, null);
        }

        public static Field address(String key, String term) {
            return new Field(key, term, Kind.ADDRESS, true, List.of(), false, null);
        }

        public static Field secret(String key, String term) {
            return new Field(key, term, Kind.SECRET, true, List.of(), false, null);
        }

        public static Field number(String key, String term) {
            return new Field(key, term, Kind.NUMBER, false, List.of(), false, null);
        }

        public static Field flag(String key, String term) {
            return new Field(key, term, Kind.FLAG, false, List.of(), false, null);
        }

        public static Field choice(String key, String term, String... choices) {
            return new Field(key, term, Kind.CHOICE, false, List.of(choices), false, null);
        }

        public Field optional() {
            return new Field(key, term, kind, false, choices, advanced, standard);
        }

        /** Out of the way; {@code holds} is what does where nothing is written. */
        public Field folded(@Nullable String holds) {
            return new Field(key, term, kind, false, choices, true, holds);
        }
    }
}
