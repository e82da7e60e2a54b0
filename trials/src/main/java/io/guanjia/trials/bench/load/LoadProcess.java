package io.guanjia.trials.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.trials.process.JavaCommand;
import io.guanjia.trials.process.Program;
import io.guanjia.trials.process.Programs;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;

/** The generator as a JVM of its own: plans come in as lines of JSON, results go out likewise. */
public final class LoadProcess {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Program program;

    private LoadProcess(Program program) {
        this.program = program;
    }

    /** Starts one. */
    public static LoadProcess start(Programs programs) {
        var command =
                JavaCommand.of(LoadProcess.class)
                        .flags(
                                "-Xmx1g",
                                "-XX:MaxDirectMemorySize=4g",
                                "-XX:+UseParallelGC",
                                "-Dio.netty.leakDetection.level=disabled");
        return new LoadProcess(programs.startTalking("load", command.words()));
    }

    /** Blocks until the plan is carried out. */
    public LoadResult run(LoadPlan plan) {
        return JSON.readValue(program.ask(JSON.writeValueAsString(plan)), LoadResult.class);
    }

    public static void main(String[] args) throws IOException {
        // Whatever else prints goes to the log.
        var answers = new PrintStream(System.out, true, UTF_8);
        System.setOut(System.err);
        try (var generator = new LoadGenerator();
                var plans = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (var line = plans.readLine(); line != null; line = plans.readLine()) {
                var result = generator.run(JSON.readValue(line, LoadPlan.class));
                answers.println(JSON.writeValueAsString(result));
            }
        }
    }
}
