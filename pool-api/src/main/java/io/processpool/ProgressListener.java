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
   * Takes how far it has come. Called by the pool's callback executor, one call after the other;
   * what it throws is logged.
   *
   * @param progress how far
   */
  void progressed(Progress progress);
}
