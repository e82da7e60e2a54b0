package io.guanjia.trials.process;

import java.io.IOException;

/** For programs that a trial starts: they end when it does, even if it is killed. */
public final class Parent {

    private Parent() {}

    /** Ends this JVM once its standard input does, which its parent holds open while it lives. */
    public static void outliveNot() {
        Thread.ofPlatform()
                .daemon()
                .name("trials-parent")
                .start(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // Nothing is ever said to us.
                                }
                            } catch (IOException e) {
                                // As good as the end.
                            }
                            Runtime.getRuntime().halt(3);
                        });
    }
}
