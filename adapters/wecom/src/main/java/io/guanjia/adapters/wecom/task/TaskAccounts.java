package io.guanjia.adapters.wecom.task;

import io.guanjia.adapters.wecom.Attachments;
import io.guanjia.adapters.wecom.CorpApi;

import java.time.Duration;
import java.util.Optional;

/** Our accounts as they are now. */
public interface TaskAccounts {

    Optional<Access> find(String account);

    /**
     * How tasks of one account reach the platform.
     *
     * @param pollEvery how soon after a task was made its results are asked for, and again; later
     *     ever more seldom
     * @param lifetime how long members may take
     */
    record Access(CorpApi api, Attachments attachments, Duration pollEvery, Duration lifetime) {}
}
