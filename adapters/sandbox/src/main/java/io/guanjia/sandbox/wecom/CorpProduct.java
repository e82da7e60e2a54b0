package io.guanjia.sandbox.wecom;

import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** What {@link CorpServer} asks of the product whose calls it takes. */
interface CorpProduct<A extends CorpAccount> {

    String name();

    Stream<A> ofCorp(String corpId);

    /** Who shares one access token with this account: all that have its secret. */
    String tokenOwner(A account);

    /** Whom a call is about, refused where there is nobody. */
    A account(Attempt call, String tokenOwner);

    /**
     * Does what a call asks for. Refusals come as {@link CorpRefusal}.
     *
     * @param shown whether people get to see what comes of it
     */
    Mono<ServerResponse> work(Attempt call, A account, boolean shown);

    /**
     * The account of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    A require(String account);

    /** All temporary files. */
    Stream<CorpMedia> files();

    /** Ends every access token: 42001 from now on. */
    void expireTokens();
}
