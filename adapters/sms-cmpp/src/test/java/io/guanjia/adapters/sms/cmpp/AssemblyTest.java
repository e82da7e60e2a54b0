package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.cmpp.Assembly.Assembled;
import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.UserDataHeader.Part;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class AssemblyTest {

    private final Assembly assembly = new Assembly(1_000);
    private final List<String> answered = new ArrayList<>();

    @Test
    void isWholeWhenAllPartsAreThere() {
        assertThat(add(11, 1, 3, 2)).isEmpty();
        assertThat(add(11, 1, 3, 2)).as("the same once more").isEmpty();
        assertThat(add(12, 1, 3, 3)).isEmpty();

        var whole = add(10, 1, 3, 1);

        assertThat(whole).hasSize(1);
        assertThat(whole.getFirst().parts().keySet()).containsExactly(1, 2, 3);
        whole.getFirst().answers().forEach(Runnable::run);
        assertThat(answered).containsExactly("11", "11", "12", "10");
    }

    @Test
    void letsGoOfAMessageWhoseNumbersBeginAnew() {
        add(10, 7, 2, 1);

        var broken = add(20, 7, 2, 1);
        var whole = add(21, 7, 2, 2);

        assertThat(broken.getFirst().parts())
                .extractingByKey(1)
                .extracting(Deliver::msgId)
                .isEqualTo(10L);
        assertThat(whole.getFirst().parts())
                .extractingByKey(1)
                .extracting(Deliver::msgId)
                .isEqualTo(20L);
    }

    @Test
    void waitsOnlySoLong() {
        assembly.add(deliver(10), new Part(1, 2, 1), () -> {}, 0);
        assembly.add(deliver(20), new Part(2, 2, 1), () -> {}, 500);

        assertThat(assembly.overdue(999)).isEmpty();
        assertThat(assembly.overdue(1_000)).hasSize(1);
        assertThat(assembly.overdue(1_500)).hasSize(1);
        assertThat(assembly.overdue(9_999)).isEmpty();
    }

    @Test
    void keepsOnlySoMuch() {
        int passedOn = 0;
        for (int i = 0; i < 30_000; i++) {
            passedOn += add(i, i, 2, 1).size();
        }

        assertThat(passedOn).isEqualTo(20_000);
    }

    private List<Assembled> add(long id, int reference, int total, int number) {
        return assembly.add(
                deliver(id),
                new Part(reference, total, number),
                () -> answered.add(String.valueOf(id)),
                0);
    }

    private static Deliver deliver(long id) {
        return new Deliver(
                1,
                id,
                "1069012345",
                "",
                new UserData(0, 1, 8, new byte[] {0}),
                "13900001111",
                0,
                0,
                "");
    }
}
