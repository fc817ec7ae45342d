package io.processpool.contract;

import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that makes sense only with real worker processes. An argument of its
 * constructor of type {@code Pool} is a pool of two workers that the tests of the class share.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedPool.class)
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
@interface WorkerProcesses {}
