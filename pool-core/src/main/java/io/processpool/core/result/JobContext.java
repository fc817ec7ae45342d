package io.processpool.core.result;

import io.processpool.core.history.PoolHistory;
import io.processpool.core.history.Timeline;
import io.processpool.core.schedule.Job;
import io.processpool.core.schedule.RunningItem;
import io.processpool.spi.PoolSettings;
import io.processpool.wire.PayloadCodec;
import java.util.List;

/**
 * What every job of a pool needs.
 *
 * @param codec decodes results
 * @param decoders read results where that runs user code
 * @param callbacks runs callbacks
 * @param history where to note what becomes of tasks
 * @param timeline tells the time of day
 * @param printing what becomes of what tasks print
 * @param control ends jobs
 */
public record JobContext(
    PayloadCodec codec,
    Decoders decoders,
    Callbacks callbacks,
    PoolHistory history,
    Timeline timeline,
    PoolSettings.Printing printing,
    Control control) {

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
     * What runs of a job.
     *
     * @param job the job
     * @return the items that workers are running, as of a moment ago
     */
    List<RunningItem> running(Job job);

    /**
     * Withdraws those items that a job does not need any more and that have not begun. It is told
     * of them.
     *
     * @param job the job
     * @param first the index within the job of the first item to look at
     * @param count how many there are
     */
    void withdraw(Job job, int first, int count);

    /**
     * Has an item see, if it runs, that nobody waits for it any more.
     *
     * @param job the job, which has withdrawn the item
     * @param index the item's index within the job
     * @param interrupt whether to interrupt it; if that does not end it in time, its worker is
     *     killed
     */
    void disown(Job job, int index, boolean interrupt);

    /**
     * A job needs nothing more of the pool.
     *
     * @param job the job
     */
    void completed(Job job);
  }
}
