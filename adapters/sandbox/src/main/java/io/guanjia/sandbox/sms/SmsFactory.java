package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.PlatformFactory;
import io.guanjia.sandbox.Surroundings;

/** Brings the providers of SMS into a sandbox. */
public interface SmsFactory extends PlatformFactory {

    /** {@code sms-aliyun}. */
    final class Aliyun implements SmsFactory {
        @Override
        public Platform create(Surroundings around) {
            return new SmsPlatform(new AliyunDialect(), around);
        }
    }

    /** {@code sms-tencent}. */
    final class Tencent implements SmsFactory {
        @Override
        public Platform create(Surroundings around) {
            return new SmsPlatform(new TencentDialect(), around);
        }
    }

    /** {@code sms-http}. */
    final class Http implements SmsFactory {
        @Override
        public Platform create(Surroundings around) {
            return new SmsPlatform(new HttpDialect(), around);
        }
    }
}
