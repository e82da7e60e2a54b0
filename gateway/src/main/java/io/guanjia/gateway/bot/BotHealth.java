package io.guanjia.gateway.bot;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Shows up as {@code bot}: whether it can answer, and whether the newest knowledge serves. */
final class BotHealth implements HealthIndicator {

    private final KnowledgeStatus knowledge;

    BotHealth(KnowledgeStatus knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public Health health() {
        var report = knowledge.report();
        return (report.ready() ? Health.up() : Health.outOfService())
                .withDetail("entries", report.entries())
                .withDetail("wordings", report.wordings())
                .withDetail("problems", report.problems().stream().map(Object::toString).toList())
                .build();
    }
}
