package io.guanjia.gateway.cursor;

import io.guanjia.gateway.channel.Cursors;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

import java.time.Clock;

/** Gives channels their cursors. Needs a database. */
@Configuration(proxyBeanMethods = false)
public class CursorConfiguration {

    @Bean
    Cursors cursors(DatabaseClient database, Clock clock) {
        return new PostgresCursors(database, clock);
    }
}
