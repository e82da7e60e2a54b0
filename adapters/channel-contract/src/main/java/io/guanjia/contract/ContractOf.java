package io.guanjia.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the channel that a test holds to the contract. The application looks for one of each. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ContractOf {

    /** As {@link io.guanjia.gateway.channel.Channel#name} has it. */
    String value();
}
