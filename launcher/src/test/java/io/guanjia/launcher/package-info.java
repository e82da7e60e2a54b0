/** Tests of the launcher. Start at {@link DemoSettingsTest}. */
@NullMarked
package io.guanjia.launcher;

import org.jspecify.annotations.NullMarked;
