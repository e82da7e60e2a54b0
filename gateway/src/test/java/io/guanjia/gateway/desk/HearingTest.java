package io.guanjia.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.desk.DeskDoor.Pass;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTransientResourceException;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.binding.BindMarkersFactory;
import org.springframework.web.reactive.socket.CloseStatus;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

@NullUnmarked
class HearingTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Pass XIAOLI =
            new Pass(Viewer.person("xiaoli", Set.of(Role.AGENT)), Locale.SIMPLIFIED_CHINESE, "s");

    @Test
    void whoCannotBeToldTheNewsIsSentAwayToComeBackForIt() {
        var mapper = new JsonMapper();
        var database = withoutServer();
        var hearing =
                new Hearing(
                        new ConversationReads(database, null, null, null),
                        new MessageReads(database, null, mapper),
                        new Watched(),
                        mapper);
        var socket = new DeskSocket(XIAOLI, mapper);
        var watch = new Watch(UUID.randomUUID(), 0);
        socket.add(watch);

        hearing.catchUp(socket, watch, false).block(SOON);

        assertThat(socket.queue().end().block(SOON)).isEqualTo(CloseStatus.SERVER_ERROR);
    }

    private static DatabaseClient withoutServer() {
        return DatabaseClient.builder()
                .connectionFactory(new Away())
                .bindMarkers(BindMarkersFactory.indexed("$", 1))
                .build();
    }

    /** A database that cannot be reached. */
    private static final class Away implements ConnectionFactory {

        @Override
        public Mono<Connection> create() {
            return Mono.error(new R2dbcTransientResourceException("away"));
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return () -> "away";
        }
    }
}
