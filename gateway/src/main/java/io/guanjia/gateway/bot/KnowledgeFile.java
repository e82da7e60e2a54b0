package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.KnowledgeStatus.Problem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads one Markdown file of questions and answers. The form is described for knowledge editors in
 * {@code config/knowledge/README.md}.
 *
 * <p>One instance reads one file. It goes on after a problem, so an editor learns of all at once.
 */
final class KnowledgeFile {

    /** One message on every channel, and as much as anyone reads in a chat. */
    private static final int MAX_ANSWER = 600;

    /** What fits on a line of suggestions. */
    private static final int MAX_TITLE = 40;

    private static final Pattern TOPIC = Pattern.compile("#\\s+(?<title>.+?)\\s*(?<mark>\\{.*})?");
    private static final Pattern QUESTION =
            Pattern.compile("##\\s+(?<title>.*?)\\s*(?:\\{#(?<id>.*)})?");
    private static final Pattern ENGLISH = Pattern.compile("###\\s+en:\\s*(?<title>.*)");
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final String SMALL_TALK = "{.smalltalk}";

    /** An entry and the line that it starts on. */
    record Placed(Entry entry, String file, int line) {}

    private final String file;
    private final List<Problem> problems;
    private final List<Placed> entries = new ArrayList<>();
    private boolean topicSeen;
    private boolean smallTalk;
    private @Nullable Draft draft;

    private KnowledgeFile(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * The entries of a file that have nothing wrong; what is wrong is added to {@code problems}.
     */
    static List<Placed> parse(String file, String text, List<Problem> problems) {
        return new KnowledgeFile(file, problems).read(text);
    }

    private List<Placed> read(String text) {
        var number = 0;
        for (var line : withoutComments(text).lines().map(String::stripTrailing).toList()) {
            number++;
            if (line.startsWith("#")) {
                heading(line, number);
            } else if (draft != null) {
                draft.part().add(line, number);
            } else if (!topicSeen && !line.isBlank()) {
                problem(number, Flaw.TOPIC_MISSING);
                topicSeen = true;
            }
        }
        finish();
        if (!topicSeen) {
            problem(1, Flaw.FILE_EMPTY);
        }
        return entries;
    }

    /** Keeps the line breaks within comments, so that lines keep their numbers. */
    private String withoutComments(String text) {
        var rest =
                COMMENT.matcher(text)
                        .replaceAll(
                                comment -> "\n".repeat((int) comment.group().lines().count() - 1));
        var open = rest.indexOf("<!--");
        if (open < 0) {
            return rest;
        }
        var before = rest.substring(0, open);
        problem(1 + (int) before.chars().filter(sign -> sign == '\n').count(), Flaw.COMMENT_OPEN);
        return before;
    }

    private void heading(String line, int number) {
        var english = ENGLISH.matcher(line);
        var question = QUESTION.matcher(line);
        var topic = TOPIC.matcher(line);
        if (english.matches()) {
            english(english.group("title"), number);
        } else if (question.matches()) {
            finish();
            draft = new Draft(number, question.group("title"), question.group("id"));
            check(topicSeen, number, Flaw.TOPIC_MISSING);
            topicSeen = true;
        } else if (topic.matches()) {
            finish();
            check(!topicSeen, number, Flaw.TOPIC_SECOND);
            topicSeen = true;
            var mark = topic.group("mark");
            smallTalk = SMALL_TALK.equals(mark);
            if (mark != null && !smallTalk) {
                problem(number, Flaw.MARK_UNKNOWN, mark, SMALL_TALK);
            }
        } else {
            problem(number, Flaw.HEADING_UNKNOWN);
        }
    }

    private void english(String title, int number) {
        if (draft == null) {
            problem(number, Flaw.ENGLISH_ALONE);
        } else {
            check(draft.english == null, number, Flaw.ENGLISH_SECOND);
            draft.english = new Part(number, title);
        }
    }

    private void finish() {
        if (draft != null) {
            var before = problems.size();
            var entry = draft.entry();
            if (problems.size() == before) {
                entries.add(new Placed(entry, file, draft.chinese.line));
            }
            draft = null;
        }
    }

    private void check(boolean right, int line, Flaw flaw, Object... facts) {
        if (!right) {
            problem(line, flaw, facts);
        }
    }

    private void problem(int line, Flaw flaw, Object... facts) {
        problems.add(Problem.of(file, line, flaw, facts));
    }

    /** A question as far as it has been read. */
    private final class Draft {

        private final @Nullable String id;
        private final Part chinese;
        private @Nullable Part english;

        Draft(int line, String title, @Nullable String id) {
            this.id = id;
            this.chinese = new Part(line, title);
        }

        Part part() {
            return english == null ? chinese : english;
        }

        Entry entry() {
            if (id == null) {
                problem(chinese.line, Flaw.ID_MISSING);
            } else {
                check(ID.matcher(id).matches(), chinese.line, Flaw.ID_MALFORMED, id);
            }
            return new Entry(
                    id == null ? "" : id,
                    smallTalk,
                    chinese.text(),
                    english == null ? null : english.text());
        }
    }

    /** A question in one language: its heading, a list of wordings, then the answer. */
    private final class Part {

        private final int line;
        private final String title;
        private final List<String> wordings = new ArrayList<>();
        private final StringBuilder answer = new StringBuilder();

        Part(int line, String title) {
            this.line = line;
            this.title = title;
        }

        void add(String text, int number) {
            if (answer.isEmpty() && text.startsWith("-")) {
                var wording = text.substring(1).strip();
                check(!wording.isEmpty(), number, Flaw.WORDING_EMPTY);
                wordings.add(wording);
            } else if (!answer.isEmpty() || !text.isBlank()) {
                answer.append(text).append('\n');
            }
        }

        Entry.Text text() {
            var said = answer.toString().strip();
            check(!title.isBlank(), line, Flaw.QUESTION_MISSING);
            check(title.length() <= MAX_TITLE, line, Flaw.QUESTION_TOO_LONG, MAX_TITLE);
            check(!wordings.isEmpty(), line, Flaw.WORDINGS_MISSING);
            check(!said.isEmpty(), line, Flaw.ANSWER_MISSING);
            check(
                    said.length() <= MAX_ANSWER,
                    line,
                    Flaw.ANSWER_TOO_LONG,
                    said.length(),
                    MAX_ANSWER);
            return new Entry.Text(title, wordings, said);
        }
    }
}
