package io.guanjia.trials.channels;

import io.guanjia.trials.faults.Ledger;

import java.util.Map;

/** One kind of fault, tried with every channel. */
public interface ChannelTrial {

    /** Its number in the catalogue of faults, such as {@code F10}. */
    String number();

    /** What is done, in a few words. */
    String fault(Street street);

    /** Does it, and closes the books of each channel, by its name. */
    Map<String, Ledger> run(Street street);
}
