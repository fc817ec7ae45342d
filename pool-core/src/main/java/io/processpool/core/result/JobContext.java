package io.processpool.core.result;

import io.processpool.core.schedule.Job;
import io.processpool.wire.PayloadCodec;

/**
 * What every job of a pool needs.
 *
 * @param codec decodes results
 * @param decoders read results where that runs user code
 * @param callbacks runs callbacks
 * @param control ends jobs
 */
public record JobContext(
    PayloadCodec codec, Decoders decoders, Callbacks callbacks, Control control) {

  /** What a job tells its pool. */
  public interface Control {

    /**
     * Withdraws the work of a job.
     *
     * @param job the job
     * @param interrupt whether to stop what runs
     */
    void cancel(Job job, boolean interrupt);

    /**
     * A job needs nothing more of the pool.
     *
     * @param job the job
     */
    void completed(Job job);
  }
}
