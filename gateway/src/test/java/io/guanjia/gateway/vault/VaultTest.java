package io.guanjia.gateway.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guanjia.gateway.vault.EncryptionSettings.EncryptionKey;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

class VaultTest {

    private static final EncryptionKey OLD = key("2025-01", 'o');
    private static final EncryptionKey NEW = key("2026-01", 'n');
    private static final String PLACE = "wechat/demo/secret";

    @Test
    void opensWhatItSealed() {
        var vault = new Vault(List.of(NEW));

        var sealed = vault.seal("密钥 s3cret", PLACE);

        assertThat(vault.open(sealed, PLACE)).isEqualTo("密钥 s3cret");
        assertThat(sealed.keyId()).isEqualTo("2026-01");
        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("s3cret");
    }

    @Test
    void neverSealsTheSameWordsAlike() {
        var vault = new Vault(List.of(NEW));

        assertThat(vault.seal("s3cret", PLACE).bytes())
                .isNotEqualTo(vault.seal("s3cret", PLACE).bytes());
    }

    @Test
    void opensWhatAnOlderKeySealedAndSealsWithTheFirst() {
        var sealed = new Vault(List.of(OLD)).seal("s3cret", PLACE);
        var renewed = new Vault(List.of(NEW, OLD));

        assertThat(renewed.open(sealed, PLACE)).isEqualTo("s3cret");
        assertThat(renewed.seal("s3cret", PLACE).keyId()).isEqualTo("2026-01");
    }

    @Test
    void namesTheKeyThatIsMissing() {
        var sealed = new Vault(List.of(OLD)).seal("s3cret", PLACE);

        var failure =
                catchThrowableOfType(
                        CannotOpen.class, () -> new Vault(List.of(NEW)).open(sealed, PLACE));

        assertThat(failure.keyMissing()).isTrue();
        assertThat(failure.keyId()).isEqualTo("2025-01");
    }

    @Test
    void doesNotOpenWhatWasMovedElsewhereOrAltered() {
        var vault = new Vault(List.of(NEW));
        var sealed = vault.seal("s3cret", PLACE);
        var altered = sealed.bytes().clone();
        altered[altered.length - 1] ^= 1;

        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(() -> vault.open(sealed, "wechat/evil/api-base"));
        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(() -> vault.open(new Sealed("2026-01", altered), PLACE));
        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(() -> vault.open(new Sealed("2026-01", new byte[3]), PLACE));
    }

    @Test
    void storesNothingSecretWithoutAKey() {
        var vault = new Vault(List.of());

        assertThat(vault.canSeal()).isFalse();
        assertThatExceptionOfType(NoEncryptionKey.class)
                .isThrownBy(() -> vault.seal("s3cret", PLACE));
    }

    @Test
    void takesNoKeyThatIsNone() {
        var tooShort = Base64.getEncoder().encodeToString("short".getBytes(StandardCharsets.UTF_8));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EncryptionKey("a", tooShort))
                .withMessageContaining("key must be 32 random bytes")
                .withMessageNotContaining(tooShort);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EncryptionKey("a", "not base64!"))
                .withMessageContaining("key must be 32 random bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EncryptionSettings(List.of(OLD, OLD)))
                .withMessageContaining("encryption-keys[*].id must differ");
    }

    @Test
    void keepsKeysOutOfLogs() {
        assertThat(new EncryptionSettings(List.of(NEW)).toString()).doesNotContain(NEW.key());
    }

    private static EncryptionKey key(String id, char of) {
        var bytes = String.valueOf(of).repeat(32).getBytes(StandardCharsets.UTF_8);
        return new EncryptionKey(id, Base64.getEncoder().encodeToString(bytes));
    }
}
