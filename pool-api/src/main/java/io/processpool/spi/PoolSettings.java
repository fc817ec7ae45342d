package io.processpool.spi;

import io.processpool.OutputListener;
import io.processpool.PoolBuilder;
import io.processpool.WhenFull;
import io.processpool.WorkerOutput;
import io.processpool.function.SerializableRunnable;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool, as its {@link PoolBuilder} has checked them.
 *
 * @param sizing how many workers there are, and for how long
 * @param initializer run once by each worker before its first task, or {@code null}
 * @param finalizer run once by each worker at its orderly end, or {@code null}
 * @param maxStartFailures how many failed starts in a row end the pool
 * @param imapBuffer how many items an imap may pull ahead of its consumer beyond what workers hold
 * @param cancelGrace how long an interrupted task may go on before its worker is killed
 * @param pending how many single tasks may be under way
 * @param resultTimeout how long the reading of a result may take in this JVM
 * @param resultFilter which classes may come back from workers, beside the safe default; {@code
 *     null} for the default alone
 * @param callbackExecutor what runs the callbacks; {@code null} for a thread of the pool's own
 * @param serialization what the user adds to the serialiser, or {@code null}
 * @param printing what becomes of what workers print
 * @param memory what is remembered of tasks that are over
 * @param processes how worker processes are started
 * @param backend what runs the work; {@code null} for child processes
 */
public record PoolSettings(
    Sizing sizing,
    @Nullable SerializableRunnable initializer,
    @Nullable SerializableRunnable finalizer,
    int maxStartFailures,
    int imapBuffer,
    Duration cancelGrace,
    Pending pending,
    Duration resultTimeout,
    @Nullable String resultFilter,
    @Nullable Executor callbackExecutor,
    @Nullable Serialization serialization,
    Printing printing,
    Memory memory,
    ProcessSettings processes,
    @Nullable BackendFactory backend) {

  /**
   * How many workers there are, and for how long.
   *
   * @param max how many work at the same time at most
   * @param min how many are kept although they are idle
   * @param spares how many more are started, to take the place of those that end
   * @param idleTimeout after how much idleness a worker beyond the minimum ends
   * @param maxTasks after how many items a worker is replaced; 0 for never
   * @param maxAge after how much time a worker is replaced; {@code null} for never
   */
  public record Sizing(
      int max, int min, int spares, Duration idleTimeout, int maxTasks, @Nullable Duration maxAge) {

    /**
     * How many are started before there is any work.
     *
     * @return at least one
     */
    public int first() {
      return sum(Math.max(1, min), spares);
    }

    /**
     * How many there are at the same time at most.
     *
     * @return those that work and the spares
     */
    public int most() {
      return sum(max, spares);
    }

    private static int sum(int some, int others) {
      return (int) Math.min(Integer.MAX_VALUE, (long) some + others);
    }
  }

  /**
   * How many single tasks may be under way.
   *
   * @param max how many may have been submitted and not be complete; 0 for any number
   * @param whenFull what becomes of one more
   */
  public record Pending(int max, WhenFull whenFull) {}

  /**
   * What is remembered of tasks that are over.
   *
   * @param tasks of how many what is known of their runs
   * @param results of how many handles the whole, with their results
   */
  public record Memory(int tasks, int results) {}

  /**
   * What becomes of what workers print.
   *
   * @param mode the choice
   * @param limit how many characters are kept of what a task prints to one stream
   * @param listener whom to tell of lines that are forwarded; {@code null} to print them
   */
  public record Printing(WorkerOutput mode, int limit, @Nullable OutputListener listener) {}
}
