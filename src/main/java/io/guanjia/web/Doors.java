package io.guanjia.web;

import io.guanjia.gateway.channel.Door;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.i18n.LocaleContextResolver;

/**
 * Doors of their own for those that the filters for people at the desk have nothing to say about.
 *
 * <ul>
 *   <li>Callbacks: their platform signs them, and they have no session, no cookie and no page. The
 *       filters would cost more than reading them does.
 *   <li>The desk's socket: a ticket admits to it, and its own handler looks at the origin. Whatever
 *       the filters make for a request is kept for as long as it lasts, which here is a day's work.
 *   <li>What channels bring along for their customers, who are nobody at the desk.
 * </ul>
 */
@Configuration(proxyBeanMethods = false)
class Doors {

    private static final String CALLBACKS = "/callbacks/";
    private static final String SOCKET = "/api/v1/desk/socket";

    @Bean
    HttpHandler httpHandler(
            ApplicationContext context,
            RouterFunction<ServerResponse> callbackRoutes,
            WebHandler deskSocket,
            ObjectProvider<Door> channels,
            ProblemWriter problems,
            LocaleContextResolver locales) {
        var people = WebHttpHandlerBuilder.applicationContext(context).build();
        var platforms = door(RouterFunctions.toWebHandler(callbackRoutes), problems, locales);
        var sockets = door(deskSocket, problems, locales);
        var customers =
                channels.orderedStream()
                        .map(each -> new Customers(each, door(each, problems, locales)))
                        .toList();
        return (request, response) -> {
            var path = request.getPath().value();
            if (path.startsWith(CALLBACKS)) {
                return platforms.handle(request, response);
            }
            for (var each : customers) {
                if (each.door().leadsTo(path)) {
                    return each.behind().handle(request, response);
                }
            }
            return (path.equals(SOCKET) ? sockets : people).handle(request, response);
        };
    }

    private record Customers(Door door, HttpHandler behind) {}

    private static HttpHandler door(
            WebHandler handler, ProblemWriter problems, LocaleContextResolver locales) {
        var behind =
                WebHttpHandlerBuilder.webHandler(handler)
                        .exceptionHandler(problems)
                        .localeContextResolver(locales)
                        .build();
        return (request, response) -> {
            // What is answered here is never a page.
            response.getHeaders().set("X-Content-Type-Options", "nosniff");
            return behind.handle(request, response);
        };
    }
}
