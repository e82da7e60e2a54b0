package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.fault.Faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What an account of any product of a corporation has. */
interface CorpAccount {

    /** 企业ID. */
    String corpId();

    Faults faults();

    CorpLimits limits();

    CorpMedia media();

    /** Where a page finds the file. */
    String fileAddress(CorpMedia.Kept file);

    boolean hasSecret(String given);

    /** Keeps a call of the server's for people and tests to look at. */
    void called(String api, Duration latency, int status, int code, String fault);

    List<CorpCall> callsKept();

    /** Makes the check that the console makes when the address is saved. */
    CompletionStage<Boolean> verify();

    /** Tells pages. */
    void changed(String what, String party);
}
