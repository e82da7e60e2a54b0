package io.guanjia.gateway.journal;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one sentence why two nodes on one folder do not start. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SpoolInUseAnalyzer extends AbstractFailureAnalyzer<SpoolInUse> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SpoolInUse cause) {
        return new FailureAnalysis(
                "The setting guanjia.journal.spool names %s, which another node is using."
                        .formatted(cause.folder()),
                "Give each node a folder of its own in guanjia.journal.spool.",
                cause);
    }
}
