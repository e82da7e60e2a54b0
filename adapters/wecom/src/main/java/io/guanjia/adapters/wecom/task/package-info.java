/**
 * What members are asked to send to their customers or groups (企业群发). The platform only makes a
 * task of it, which each member confirms or does not; what became of each recipient's has to be
 * asked for until it is known, and is asked for by one node at a time.
 *
 * <p>Start at {@link io.guanjia.adapters.wecom.task.SendTasks}.
 */
@NullMarked
package io.guanjia.adapters.wecom.task;

import org.jspecify.annotations.NullMarked;
