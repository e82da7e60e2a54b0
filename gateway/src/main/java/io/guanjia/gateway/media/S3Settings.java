package io.guanjia.gateway.media;

import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;

/**
 * A bucket under {@code guanjia.media.s3}, at any provider that speaks S3: AWS, Aliyun OSS, Tencent
 * COS, Huawei OBS, MinIO.
 *
 * @param endpoint such as {@code https://oss-cn-hangzhou.aliyuncs.com}
 * @param region as the provider names it, such as {@code oss-cn-hangzhou}
 * @param prefix what the names of our objects begin with
 * @param pathStyle whether the bucket stands in the path and not in the host; for MinIO and the
 *     like
 * @param timeout for one call, a whole file included
 */
public record S3Settings(
        URI endpoint,
        String region,
        String bucket,
        String accessKeyId,
        String secretAccessKey,
        @DefaultValue("guanjia/") String prefix,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("60s") Duration timeout) {

    public S3Settings {
        var missing = new ArrayList<String>();
        if (endpoint == null || endpoint.getHost() == null) {
            missing.add("guanjia.media.s3.endpoint must be an address such as https://s3.example");
        }
        require(region, "region", missing);
        require(bucket, "bucket", missing);
        require(accessKeyId, "access-key-id", missing);
        require(secretAccessKey, "secret-access-key", missing);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", missing));
        }
    }

    private static void require(String value, String key, ArrayList<String> missing) {
        if (value == null || value.isBlank()) {
            missing.add("guanjia.media.s3." + key + " must be set");
        }
    }

    /** Leaves out the key: this ends up in logs. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", bucket=" + bucket + "]";
    }
}
