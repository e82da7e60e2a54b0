package io.guanjia.gateway.media;

import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files that messages carry, under {@code guanjia.media}.
 *
 * @param folder where they are kept; all nodes need the same one
 * @param limit the longest file we keep, whoever it is from
 * @param types the types we keep, by what their content says they are; without {@code
 *     application/zip} only office documents among zip archives; texts in UTF-8 and in GB18030
 * @param allowedHosts {@code host:port} pairs that may be fetched from although they are not on the
 *     public internet, such as a stand-in for a platform during development
 * @param publicAddress where customers' browsers find us, such as {@code https://kf.bank.example};
 *     null where they don't, and then nobody is sent a link to a file or a short one to a page
 * @param linkKey what links to files are signed with, at least 32 characters and the same on all
 *     nodes; needed with {@code publicAddress}
 * @param linkLife for how long a link is good
 * @param s3 the bucket that files are kept in; null for the folder, which then holds what is not
 *     whole yet
 * @param connectTimeout how long to wait for a connection to an outside host
 * @param fetchTimeout how long one fetch may take in all, redirects included
 */
@Validated
@ConfigurationProperties("guanjia.media")
public record MediaSettings(
        @DefaultValue("data/media") @NotNull Path folder,
        @DefaultValue("20MB") DataSize limit,
        @DefaultValue({
                    "image/jpeg",
                    "image/png",
                    "image/gif",
                    "image/webp",
                    "image/bmp",
                    "image/heic",
                    "image/heif",
                    "image/avif",
                    "audio/amr",
                    "audio/silk",
                    "audio/mpeg",
                    "audio/wav",
                    "audio/ogg",
                    "audio/speex",
                    "audio/mp4",
                    "video/mp4",
                    "video/quicktime",
                    "video/3gpp",
                    "application/pdf",
                    "application/zip",
                    "application/vnd.rar",
                    "application/x-7z-compressed",
                    "application/gzip",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                    "application/msword",
                    "application/vnd.ms-excel",
                    "application/vnd.ms-powerpoint",
                    "application/x-ole-storage",
                    "text/plain",
                    "text/csv"
                })
                Set<String> types,
        @DefaultValue List<String> allowedHosts,
        @Nullable URI publicAddress,
        @Nullable String linkKey,
        @DefaultValue("72h") @DurationMin(nanos = 1, message = "longer than nothing, such as 72h")
                Duration linkLife,
        @Nullable S3Settings s3,
        @DefaultValue("3s") @DurationMin(nanos = 1, message = "longer than nothing, such as 3s")
                Duration connectTimeout,
        @DefaultValue("15s") @DurationMin(nanos = 1, message = "longer than nothing, such as 15s")
                Duration fetchTimeout) {

    private static final int SHORTEST_KEY = 32;

    public MediaSettings {
        types = PlainText.inAllCharsets(types);
        allowedHosts = List.copyOf(allowedHosts);
        if (limit.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "guanjia.media.limit must be a size above 0, such as 20MB");
        }
        if (publicAddress != null && (linkKey == null || linkKey.length() < SHORTEST_KEY)) {
            throw new IllegalArgumentException(
                    "guanjia.media.link-key must be set with guanjia.media.public-address: at least"
                            + " 32 random characters, the same on all nodes");
        }
        for (var host : allowedHosts) {
            if (!host.matches("[^/@\\s]+:\\d{1,5}")) {
                throw new IllegalArgumentException(
                        "guanjia.media.allowed-hosts must hold host:port pairs such as"
                                + " 127.0.0.1:8090");
            }
        }
    }

    /** Where customers' browsers find a path of ours; empty where they don't find us. */
    public Optional<URI> published(String path) {
        return Optional.ofNullable(publicAddress)
                .map(address -> URI.create(address.toString().replaceAll("/+$", "") + path));
    }

    /** What links are signed with; empty where there are none. */
    public Optional<LinkKey> signing() {
        return Optional.ofNullable(linkKey).filter(key -> !key.isEmpty()).map(LinkKey::new);
    }

    /** Leaves out the key: this ends up in logs. */
    @Override
    public String toString() {
        return "MediaSettings[folder=" + folder + ", publicAddress=" + publicAddress + "]";
    }
}
