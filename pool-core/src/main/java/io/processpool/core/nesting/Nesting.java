package io.processpool.core.nesting;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pools within workers within pools from growing without end. A worker process knows its
 * depth from its environment; a worker thread of an inline pool, from itself. The system property
 * {@code io.processpool.maxDepth} says how deep pools may be nested; by default 3.
 */
public final class Nesting {
  private static final String VARIABLE = "PROCESS_POOL_DEPTH";
  private static final int DEEPEST = Integer.getInteger("io.processpool.maxDepth", 3);
  private static final int DEPTH_OF_PROCESS = depthOfProcess();
  private static final ThreadLocal<@Nullable Integer> DEPTH_OF_THREAD = new ThreadLocal<>();

  private Nesting() {}

  /**
   * How deep the calling thread is: in how many workers within workers.
   *
   * @return the depth; 0 outside of workers
   */
  public static int depth() {
    Integer depth = DEPTH_OF_THREAD.get();
    return depth == null ? DEPTH_OF_PROCESS : depth;
  }

  /**
   * Checks that the calling thread may create a pool.
   *
   * @throws IllegalStateException if it is too deep already
   */
  public static void check() {
    if (depth() >= DEEPEST) {
      throw new IllegalStateException(
          "Pools are nested too deep: this is a worker at depth "
              + depth()
              + ", and at most "
              + DEEPEST
              + " are allowed (-Dio.processpool.maxDepth)");
    }
  }

  /**
   * Marks the calling thread as a worker's.
   *
   * @param depth how deep it is
   */
  public static void enter(int depth) {
    DEPTH_OF_THREAD.set(depth);
  }

  /**
   * Marks a process that is about to be started as a worker.
   *
   * @param environment its environment
   * @param depth how deep it is
   */
  public static void mark(Map<String, String> environment, int depth) {
    environment.put(VARIABLE, Integer.toString(depth));
  }

  private static int depthOfProcess() {
    String depth = System.getenv(VARIABLE);
    try {
      return depth == null ? 0 : Integer.parseInt(depth);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
