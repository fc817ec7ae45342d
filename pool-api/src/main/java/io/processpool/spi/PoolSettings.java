package io.processpool.spi;

import io.processpool.PoolBuilder;
import io.processpool.function.SerializableRunnable;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool, as its {@link PoolBuilder} has checked them.
 *
 * @param workers the number of workers
 * @param initializer run once by each worker before its first task, or {@code null}
 * @param finalizer run once by each worker at its orderly end, or {@code null}
 * @param maxTasksPerWorker after how many items a worker is replaced; 0 for never
 * @param maxStartFailures how many failed starts in a row end the pool
 * @param imapBuffer how many items an imap may pull ahead of its consumer beyond what workers hold
 * @param cancelGrace how long an interrupted task may go on before its worker is killed
 * @param callbackExecutor what runs the callbacks; {@code null} for a thread of the pool's own
 * @param serialization what the user adds to the serialiser, or {@code null}
 * @param processes how worker processes are started
 * @param backend what runs the work; {@code null} for child processes
 */
public record PoolSettings(
    int workers,
    @Nullable SerializableRunnable initializer,
    @Nullable SerializableRunnable finalizer,
    int maxTasksPerWorker,
    int maxStartFailures,
    int imapBuffer,
    Duration cancelGrace,
    @Nullable Executor callbackExecutor,
    @Nullable Serialization serialization,
    ProcessSettings processes,
    @Nullable BackendFactory backend) {}
