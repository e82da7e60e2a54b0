package io.guanjia.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

import reactor.core.publisher.Mono;

/** Serves the console where nothing else answers. */
@Configuration(proxyBeanMethods = false)
class ConsoleRoutes {

    @Bean
    HandlerMapping consoleFiles() {
        return new Files(Console.load());
    }

    private static final class Files extends AbstractHandlerMapping {

        private final Console console;

        Files(Console console) {
            this.console = console;
            setOrder(Ordered.LOWEST_PRECEDENCE);
        }

        @Override
        protected Mono<?> getHandlerInternal(ServerWebExchange exchange) {
            var method = exchange.getRequest().getMethod();
            var path = exchange.getRequest().getPath().pathWithinApplication().value();
            return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method))
                            && console.has(path)
                    ? Mono.just((WebHandler) found -> console.serve(found, path))
                    : Mono.empty();
        }
    }
}
