package io.processpool;

import java.time.Duration;
import java.util.Optional;

/**
 * How tasks are to be run, given to {@link Pool#with(TaskOptions)}. Immutable: each method that
 * adds an option makes new options.
 *
 * <p>Methods throw {@link NullPointerException} for a parameter that is {@code null}, and {@link
 * IllegalArgumentException}, naming the value, for one that is not allowed.
 *
 * <pre>{@code
 * TaskOptions options = TaskOptions.timeout(Duration.ofSeconds(10)).withAttempts(3);
 * List<Integer> lengths = pool.with(options).map(String::length, words);
 * }</pre>
 */
public final class TaskOptions {
  private static final TaskOptions DEFAULTS =
      new TaskOptions(
          false, Optional.empty(), Optional.empty(), 1, Duration.ZERO, Optional.empty());

  private final boolean endsAtFirstFailure;
  private final Optional<Duration> timeout;
  private final Optional<Duration> softTimeout;
  private final int attempts;
  private final Duration backoff;
  private final Optional<String> label;

  private TaskOptions(
      boolean endsAtFirstFailure,
      Optional<Duration> timeout,
      Optional<Duration> softTimeout,
      int attempts,
      Duration backoff,
      Optional<String> label) {
    this.endsAtFirstFailure = endsAtFirstFailure;
    this.timeout = timeout;
    this.softTimeout = softTimeout;
    this.attempts = attempts;
    this.backoff = backoff;
    this.label = label;
  }

  /**
   * Options under which every item of a map is run, whatever became of the others, once, and for as
   * long as it takes.
   *
   * @return the options that a pool has by itself
   */
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Options under which a map ends at the first item that fails.
   *
   * @return the defaults, {@link #withFailFast}
   */
  public static TaskOptions failFast() {
    return DEFAULTS.withFailFast();
  }

  /**
   * Options under which no item runs for longer than a limit.
   *
   * @param limit the limit, more than zero
   * @return the defaults, {@link #withTimeout}
   */
  public static TaskOptions timeout(Duration limit) {
    return DEFAULTS.withTimeout(limit);
  }

  /**
   * Options under which an item is interrupted that runs for longer than a limit.
   *
   * @param limit the limit, more than zero
   * @return the defaults, {@link #withSoftTimeout}
   */
  public static TaskOptions softTimeout(Duration limit) {
    return DEFAULTS.withSoftTimeout(limit);
  }

  /**
   * Options under which an item whose worker is lost is tried again.
   *
   * @param attempts how often to try in all, 1 or more
   * @return the defaults, {@link #withAttempts}
   */
  public static TaskOptions attempts(int attempts) {
    return DEFAULTS.withAttempts(attempts);
  }

  /**
   * Options under which tasks have a name of the user's.
   *
   * @param label the name
   * @return the defaults, {@link #withLabel}
   */
  public static TaskOptions label(String label) {
    return DEFAULTS.withLabel(label);
  }

  /**
   * Has a map end at the first item that fails: its handle completes with that failure, and what
   * has not started never runs.
   *
   * @return the options with this one
   */
  public TaskOptions withFailFast() {
    return new TaskOptions(true, timeout, softTimeout, attempts, backoff, label);
  }

  /**
   * Limits how long an item may run, whatever it does: it may ignore interrupts, hold locks, spin
   * or be stuck in native code. One that runs for longer fails with a {@link TaskTimeoutException},
   * which has a thread dump of its worker; the worker is killed and replaced. No other item is
   * disturbed.
   *
   * <p>The time counts from the start of its run, for each item of a map by itself. It includes
   * reading its argument, with loading the classes of that, and writing its result. It does not
   * include waiting for a worker, nor the start of one, nor reading the function, which is done
   * once for all items of a chunk and may take 10 seconds longer than the limit.
   *
   * <p>The first items of a fresh worker run for longer than the same ones later: their code is not
   * compiled yet, and classes are loaded that they use first. A limit below some 100 ms may hit
   * them although they do nothing but what the others do.
   *
   * @param limit the limit, more than zero
   * @return the options with this one
   */
  public TaskOptions withTimeout(Duration limit) {
    return new TaskOptions(
        endsAtFirstFailure,
        Optional.of(Checks.positive(limit, "timeout")),
        softTimeout,
        attempts,
        backoff,
        label);
  }

  /**
   * Has the thread of an item interrupted, once, that runs for longer than a limit. What the item
   * then returns or throws is its result. Goes well with a longer {@link #withTimeout}, for items
   * that do not heed the interrupt. The time counts as there.
   *
   * @param limit the limit, more than zero
   * @return the options with this one
   */
  public TaskOptions withSoftTimeout(Duration limit) {
    return new TaskOptions(
        endsAtFirstFailure,
        timeout,
        Optional.of(Checks.positive(limit, "softTimeout")),
        attempts,
        backoff,
        label);
  }

  /**
   * Has an item run again, on another worker, when its worker is lost while it runs: for tasks that
   * may be run twice. After so many attempts it fails with the last {@link WorkerLostException},
   * which has those before it {@linkplain Throwable#getSuppressed() suppressed}. An item that
   * throws, or runs for longer than its {@link #withTimeout timeout}, is not tried again.
   *
   * @param attempts how often to try in all, 1 or more
   * @return the options with this one
   */
  public TaskOptions withAttempts(int attempts) {
    int checked = Checks.atLeastOne(attempts, "attempts");
    return new TaskOptions(endsAtFirstFailure, timeout, softTimeout, checked, backoff, label);
  }

  /**
   * Has an item wait before its second attempt, twice as long before the third, and so on. Default:
   * no wait.
   *
   * @param backoff the first wait, zero or more
   * @return the options with this one
   */
  public TaskOptions withBackoff(Duration backoff) {
    Duration checked = Checks.notNegative(backoff, "backoff");
    return new TaskOptions(endsAtFirstFailure, timeout, softTimeout, attempts, checked, label);
  }

  /**
   * Gives the tasks a name, by which they are told in their {@link TaskMetadata#label metadata}, in
   * reports and in logs. Default: the name of their function.
   *
   * @param label the name, not blank
   * @return the options with this one
   */
  public TaskOptions withLabel(String label) {
    Optional<String> checked = Optional.of(Checks.notBlank(label, "label"));
    return new TaskOptions(endsAtFirstFailure, timeout, softTimeout, attempts, backoff, checked);
  }

  /**
   * Tells whether a map ends at the first item that fails.
   *
   * @return {@code true} with {@link #withFailFast}
   */
  public boolean endsAtFirstFailure() {
    return endsAtFirstFailure;
  }

  /**
   * How long an item may run.
   *
   * @return the limit, empty for none
   */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /**
   * After how long an item is interrupted.
   *
   * @return the limit, empty for none
   */
  public Optional<Duration> softTimeout() {
    return softTimeout;
  }

  /**
   * How often an item is tried in all.
   *
   * @return 1 or more
   */
  public int attempts() {
    return attempts;
  }

  /**
   * How long an item waits before its second attempt.
   *
   * @return zero or more
   */
  public Duration backoff() {
    return backoff;
  }

  /**
   * What the tasks are called.
   *
   * @return the name, empty for that of their function
   */
  public Optional<String> label() {
    return label;
  }
}
