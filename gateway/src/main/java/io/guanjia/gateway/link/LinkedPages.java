package io.guanjia.gateway.link;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Duration;

/** Sends browsers from short links to their pages. */
@RestController
@Hidden
final class LinkedPages {

    /** What a code stands for never changes. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final KeptLinks links;

    LinkedPages(KeptLinks links) {
        this.links = links;
    }

    @GetMapping(KeyedLinks.PATH + "{code}")
    Mono<ResponseEntity<Void>> get(@PathVariable String code) {
        return Mono.just(code)
                .filter(KeyedLinks::isCode)
                .flatMap(links::find)
                .map(LinkedPages::redirect)
                .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }

    private static ResponseEntity<Void> redirect(URI page) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(page)
                .cacheControl(CacheControl.maxAge(REMEMBERED).cachePrivate())
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
