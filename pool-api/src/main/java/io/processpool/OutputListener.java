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
   * Takes a line. It is called by a thread of the line's worker, which prints no further while this
   * takes its time; lines of several workers may come at the same time. What it throws is logged.
   *
   * @param line the line
   */
  void printed(OutputLine line);
}
