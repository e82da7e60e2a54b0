package io.guanjia.trials.process;

import io.guanjia.GuanjiaApplication;

import org.springframework.boot.SpringApplication;

/**
 * The gateway as it is, plus what a trial turns with {@code --trials.*}, see {@link TrialWiring}.
 * Without any of those it is {@link GuanjiaApplication} and nothing else.
 */
public final class TrialNode {

    private TrialNode() {}

    public static void main(String[] args) {
        Parent.outliveNot();
        var application = new SpringApplication(GuanjiaApplication.class);
        application.addInitializers(TrialWiring::apply);
        application.run(args);
    }
}
