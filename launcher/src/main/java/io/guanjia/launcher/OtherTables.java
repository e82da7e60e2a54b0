package io.guanjia.launcher;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import java.nio.file.Path;

/**
 * Says what to do when the data folder's tables are those of another version, as after a change of
 * branch: here, unlike in production, starting empty is an answer.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OtherTables extends AbstractFailureAnalyzer<FlywayValidateException> {

    private final Environment environment;

    OtherTables(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FlywayValidateException cause) {
        var data = Path.of(environment.getProperty("guanjia.launcher.data", ".guanjia"));
        return new FailureAnalysis(
                String.join("\n", Words.inAll("tables-differ")),
                String.join("\n", Words.inAll("move-away", data.resolve("postgresql"))),
                cause);
    }
}
