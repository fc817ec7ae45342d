package io.processpool;

/**
 * Told of each line that workers print, as {@link PoolBuilder#outputListener} says.
 *
 * <pre>{@code
 * Pool pool =
 *     Pool.builder()
 *         .outputListener(line -> System.out.println(line.taskId().orElse("-") + ": " + line.text()))
 *         .build();
 * }</pre>
 */
@FunctionalInterface
public interface OutputListener {

  /**
   * Takes a line. It is called by a thread that reads what the line's worker prints, which prints
   * no further while this takes its time. With {@link WorkerOutput#CAPTURE} a thread of the pool
   * calls it, too, for what Java code prints; the worker does not wait for that: the lines do, up
   * to 16 MiB of them in a pool. What finds no room is dropped, and how many lines that were is
   * logged.
   *
   * <p>Lines of several workers may come at the same time. No result waits for this, nor does the
   * end of the pool, though {@link Pool#join} and {@link Pool#close} wait up to five seconds for
   * lines that are left. What it throws is logged.
   *
   * @param line the line
   */
  void printed(OutputLine line);
}
