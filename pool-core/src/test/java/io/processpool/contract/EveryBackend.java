package io.processpool.contract;

import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs a test class once over each {@link PoolKind}, the first argument of its constructor. A
 * second argument of type {@code Pool} is a pool that the tests of the class share.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(PoolKind.class)
@ExtendWith(SharedPool.class)
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
@interface EveryBackend {
  /** How many workers the shared pool has. */
  int workers() default 2;
}
