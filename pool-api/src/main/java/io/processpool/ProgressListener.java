package io.processpool;

/**
 * Told of the progress of a handle; see {@link AsyncResult#onProgress}.
 *
 * <pre>{@code
 * result.onProgress(progress -> System.out.println(progress.done() + " of " + progress.total()));
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {

  /**
   * Takes how far it has come. Called by the pool's callback executor, one call after the other
   * however many threads that has, and a last time when it is complete; what it throws is logged.
   *
   * @param progress how far
   */
  void progressed(Progress progress);
}
