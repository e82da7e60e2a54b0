package io.guanjia.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.test.StepVerifier;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

final class SignInThrottleTest {

    private final Gateway gateway = Gateway.shared();
    private final SignInThrottle throttle =
            new SignInThrottle(
                    gateway.bean(DatabaseClient.class),
                    new SecuritySettings(
                            List.of(),
                            List.of(),
                            new SecuritySettings.Session(Duration.ofHours(1), Duration.ofHours(1)),
                            new SecuritySettings.SignIn(
                                    3, 4, Duration.ofSeconds(10), Duration.ofSeconds(15)),
                            List.of()));

    @Test
    void anAddressWaitsWhateverNamesItTries() throws UnknownHostException {
        var address = InetAddress.getByName("203.0.113.9");
        for (var i = 0; i < 4; i++) {
            pass("name" + i, address);
        }

        refuse("another", address);
        pass("another", InetAddress.getByName("203.0.113.10"));
    }

    @Test
    void aHouseholdsAddressesAreOne() throws UnknownHostException {
        for (var i = 0; i < 4; i++) {
            pass("household" + i, InetAddress.getByName("2001:db8:1:2::" + (i + 1)));
        }

        refuse("household9", InetAddress.getByName("2001:db8:1:2:ffff::9"));
    }

    @Test
    void capitalsMakeNoOtherUser() throws UnknownHostException {
        pass("caps", InetAddress.getByName("203.0.113.21"));
        pass("CAPS", InetAddress.getByName("203.0.113.22"));
        pass("Caps", InetAddress.getByName("203.0.113.23"));

        refuse("cAPS", InetAddress.getByName("203.0.113.24"));
    }

    @Test
    void theRightPasswordStartsTheUserAfresh() throws UnknownHostException {
        var address = InetAddress.getByName("203.0.113.30");
        pass("forgetful", address);
        pass("forgetful", address);
        pass("forgetful", address);
        StepVerifier.create(throttle.forgive("forgetful", address)).verifyComplete();

        pass("forgetful", InetAddress.getByName("203.0.113.31"));
    }

    private void pass(String username, InetAddress address) {
        StepVerifier.create(throttle.count(username, address)).verifyComplete();
    }

    private void refuse(String username, InetAddress address) {
        StepVerifier.create(throttle.count(username, address))
                .expectErrorSatisfies(
                        failure ->
                                assertThat(failure)
                                        .isInstanceOfSatisfying(
                                                SignInProblem.TooManyAttempts.class,
                                                attempts ->
                                                        assertThat(attempts.retryAfter())
                                                                .isBetween(
                                                                        Duration.ofSeconds(1),
                                                                        Duration.ofSeconds(15))))
                .verify();
    }
}
