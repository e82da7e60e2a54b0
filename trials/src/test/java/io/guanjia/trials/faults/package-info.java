/** Whether the books can be trusted, and the faults themselves. */
@NullMarked
package io.guanjia.trials.faults;

import org.jspecify.annotations.NullMarked;
