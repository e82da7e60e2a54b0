package io.guanjia.gateway.vault;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the vault its keys. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EncryptionSettings.class)
public class VaultConfiguration {

    @Bean
    Vault vault(EncryptionSettings settings) {
        return new Vault(settings.encryptionKeys());
    }
}
