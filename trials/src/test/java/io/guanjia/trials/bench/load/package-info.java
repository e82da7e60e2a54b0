/** Whether the tool can be trusted. */
@NullMarked
package io.guanjia.trials.bench.load;

import org.jspecify.annotations.NullMarked;
