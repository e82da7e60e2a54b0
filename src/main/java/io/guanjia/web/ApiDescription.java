package io.guanjia.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

import reactor.core.scheduler.Schedulers;

import java.util.List;

/** What {@code /v3/api-docs} says beyond what it reads from the code. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String ABOUT =
            """
            Serve customers on the channels they use.

            People sign in with `POST /api/v1/session` and are known by a cookie; every request of \
            theirs that changes something repeats the cookie `XSRF-TOKEN` in the header \
            `X-XSRF-TOKEN`. Other systems send `Authorization: Bearer …` with a token of the \
            settings instead. Times are UTC. Every failure is `application/problem+json` \
            (RFC 9457) with a stable `code`.

            What happens live comes over a WebSocket: `POST /api/v1/desk/tickets`, then \
            `/api/v1/desk/socket?ticket=…` from the same origin.
            """;

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Guanjia")
                                .version("v1")
                                .description(ABOUT)
                                .license(new License().name("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "token",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer"))
                                .addSecuritySchemes(
                                        "cookie",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.APIKEY)
                                                .in(SecurityScheme.In.COOKIE)
                                                .name("guanjia_session"))
                                .addSchemas("Problem", problem()))
                .addSecurityItem(new SecurityRequirement().addList("token"))
                .addSecurityItem(new SecurityRequirement().addList("cookie"));
    }

    /** The first description takes seconds to make, which no event loop has. */
    @Bean
    WebFilter describeElsewhere() {
        return (exchange, chain) ->
                exchange.getRequest().getPath().value().startsWith("/v3/api-docs")
                        ? chain.filter(exchange).subscribeOn(Schedulers.boundedElastic())
                        : chain.filter(exchange);
    }

    @Bean
    OpenApiCustomizer problems() {
        var failure =
                new ApiResponse()
                        .description("A problem; `code` says which")
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(
                                                                new Schema<>()
                                                                        .$ref(
                                                                                "#/components/schemas/Problem"))));
        return api ->
                api.getPaths()
                        .values()
                        .forEach(
                                path ->
                                        path.readOperations()
                                                .forEach(
                                                        operation ->
                                                                operation
                                                                        .getResponses()
                                                                        .addApiResponse(
                                                                                "default",
                                                                                failure)));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty("code", new StringSchema().description("Stable; decide by it"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(
                                        new ObjectSchema()
                                                .addProperty("field", new StringSchema())
                                                .addProperty("message", new StringSchema())));
    }
}
