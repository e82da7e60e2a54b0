package io.guanjia.gateway.bot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import java.util.Objects;

/** Names to an editor the files and lines that keep the gateway from starting. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class KnowledgeAnalyzer extends AbstractFailureAnalyzer<KnowledgeException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KnowledgeException cause) {
        return new FailureAnalysis(
                Objects.requireNonNull(cause.getMessage()),
                "Mend what is named, or name another folder in guanjia.bot.knowledge.",
                cause);
    }
}
