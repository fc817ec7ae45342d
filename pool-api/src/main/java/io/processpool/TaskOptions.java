package io.processpool;

/**
 * How tasks are to be run, given to {@link Pool#with(TaskOptions)}. Immutable.
 *
 * <pre>{@code
 * List<Integer> lengths = pool.with(TaskOptions.failFast()).map(String::length, words);
 * }</pre>
 */
public final class TaskOptions {
  private static final TaskOptions DEFAULTS = new TaskOptions(false);
  private static final TaskOptions FAIL_FAST = new TaskOptions(true);

  private final boolean endsAtFirstFailure;

  private TaskOptions(boolean endsAtFirstFailure) {
    this.endsAtFirstFailure = endsAtFirstFailure;
  }

  /**
   * Options under which every item of a map is run, whatever became of the others.
   *
   * @return the options that a pool has by itself
   */
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Options under which a map ends at the first item that fails: its handle completes with that
   * failure, and what has not started never runs.
   *
   * @return the options
   */
  public static TaskOptions failFast() {
    return FAIL_FAST;
  }

  /**
   * Tells whether a map ends at the first item that fails.
   *
   * @return {@code true} for {@link #failFast()}
   */
  public boolean endsAtFirstFailure() {
    return endsAtFirstFailure;
  }
}
