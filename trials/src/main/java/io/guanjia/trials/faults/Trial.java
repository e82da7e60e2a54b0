package io.guanjia.trials.faults;

import java.util.Map;

/** One kind of fault, tried. */
interface Trial {

    /** Its number in the catalogue of faults, such as {@code F1}. */
    String number();

    /** What is done to the gateway, in a few words. */
    String fault(Scene scene);

    /** What the nodes need for it beside the usual settings. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** Does it, with customers writing all the while, and closes the books. */
    Ledger run(Scene scene);
}
