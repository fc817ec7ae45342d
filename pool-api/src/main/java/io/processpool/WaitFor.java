package io.processpool;

/**
 * How much of a result to wait for: Python's {@code return_when} of {@code
 * concurrent.futures.wait}. What counts are the items of a map; a single task is one item.
 *
 * <pre>{@code
 * if (result.await(WaitFor.FIRST_EXCEPTION, Duration.ofSeconds(10)) && !result.ready()) {
 *   result.abort(); // something is wrong with it
 * }
 * }</pre>
 */
public enum WaitFor {
  /** Until one item is done, with a value or without. */
  FIRST_COMPLETED,
  /** Until one item is done without a value; if there is no such item, until all is complete. */
  FIRST_EXCEPTION,
  /** Until all is complete. */
  ALL
}
