/** Tests of the bot; {@link BotQualityTest} measures how well it answers. */
@NullMarked
package io.guanjia.gateway.bot;

import org.jspecify.annotations.NullMarked;
