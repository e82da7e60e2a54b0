package io.guanjia.gateway.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

final class NetworksTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.8, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "fd00::/8, fdab::1, true",
        "fd00::/8, fe80::1, false",
        "::1/128, 127.0.0.1, false",
    })
    void containWhatTheirPrefixCovers(String network, String address, boolean contained)
            throws UnknownHostException {
        assertThat(Networks.of(List.of(network)).contain(InetAddress.getByName(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/x", "", "example.com/8"})
    void areNotLookedUp(String written) {
        assertThatThrownBy(() -> Networks.of(List.of(written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 10.0.0.0/8");
    }

    @Test
    void mayBeNone() throws UnknownHostException {
        assertThat(Networks.of(List.of()).contain(InetAddress.getByName("10.0.0.1"))).isFalse();
    }
}
