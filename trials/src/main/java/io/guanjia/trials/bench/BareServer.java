package io.guanjia.trials.bench;

import io.guanjia.trials.process.Parent;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** What the network alone allows: reactor-netty reads the body and answers "success". */
final class BareServer {

    private BareServer() {}

    public static void main(String[] args) {
        Parent.outliveNot();
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .handle(
                        (request, response) ->
                                request.receive()
                                        .then()
                                        .thenMany(response.sendString(Mono.just("success"))))
                .bindNow()
                .onDispose()
                .block();
    }
}
