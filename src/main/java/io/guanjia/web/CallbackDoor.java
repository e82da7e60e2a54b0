package io.guanjia.web;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.i18n.LocaleContextResolver;

/**
 * Lets callbacks in by a door of their own. Their platform signs them, and they have no session, no
 * cookie and no page: the filters that look after people at the desk have nothing to say about
 * them, yet cost more than reading them does.
 */
@Configuration(proxyBeanMethods = false)
class CallbackDoor {

    private static final String CALLBACKS = "/callbacks/";

    @Bean
    HttpHandler httpHandler(
            ApplicationContext context,
            RouterFunction<ServerResponse> callbackRoutes,
            ProblemWriter problems,
            LocaleContextResolver locales) {
        var people = WebHttpHandlerBuilder.applicationContext(context).build();
        var platforms =
                WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(callbackRoutes))
                        .exceptionHandler(problems)
                        .localeContextResolver(locales)
                        .build();
        return (request, response) -> {
            if (!request.getPath().value().startsWith(CALLBACKS)) {
                return people.handle(request, response);
            }
            // A platform's check is answered with its own words: never a page.
            response.getHeaders().set("X-Content-Type-Options", "nosniff");
            return platforms.handle(request, response);
        };
    }
}
