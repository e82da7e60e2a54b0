package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.util.concurrent.atomic.AtomicInteger;

final class FileFormTest {

    private final AtomicInteger read = new AtomicInteger();

    @Test
    void theFileIsFoundAmongOtherFields() {
        var form =
                Flux.<PartEvent>concat(
                        FormPartEvent.create("comment", "my bill"),
                        file("photo", "not this one"),
                        file(FileForm.FIELD, "this one"),
                        file(FileForm.FIELD, "nor this one"));

        StepVerifier.create(content(form)).expectNext("this one").verifyComplete();
    }

    @Test
    void aFormWithoutItIsEmpty() {
        StepVerifier.create(content(Flux.concat(file("photo", "not this one")))).verifyComplete();
    }

    @Test
    void otherFieldsAreNotReadWithoutEnd() {
        var endless = Flux.range(0, Integer.MAX_VALUE).map(_ -> buffer("x".repeat(1024)));
        var form = part("photo", endless).doOnNext(_ -> read.incrementAndGet());

        StepVerifier.create(content(form))
                .verifyErrorSatisfies(
                        failure ->
                                assertThat(((MediaRejected) failure).kind())
                                        .isEqualTo(MediaRejected.Kind.TOO_LARGE));

        assertThat(read.get()).isLessThan(2 * FileForm.MOST_BESIDES / 1024);
    }

    @Test
    void norAreManyEmptyOnes() {
        var form =
                Flux.range(0, Integer.MAX_VALUE)
                        .concatMap(_ -> FormPartEvent.create("comment", ""))
                        .cast(PartEvent.class)
                        .doOnNext(_ -> read.incrementAndGet());

        StepVerifier.create(content(form)).verifyError(MediaRejected.class);

        assertThat(read.get()).isLessThan(1000);
    }

    private static Mono<String> content(Flux<PartEvent> form) {
        return FileForm.read(
                form,
                (_, content) -> content.map(each -> each.toString(UTF_8)).reduce(String::concat));
    }

    private static Flux<PartEvent> file(String field, String content) {
        return part(field, Flux.just(buffer(content)));
    }

    private static Flux<PartEvent> part(String field, Flux<DataBuffer> content) {
        return FilePartEvent.create(field, "a.txt", MediaType.TEXT_PLAIN, content)
                .cast(PartEvent.class);
    }

    private static DataBuffer buffer(String content) {
        return DefaultDataBufferFactory.sharedInstance.wrap(content.getBytes(UTF_8));
    }
}
