package io.processpool.bench.jmh;

import io.processpool.TaskOptions;
import io.processpool.WorkerOutput;
import io.processpool.core.history.PoolHistory;
import io.processpool.core.history.Submission;
import io.processpool.core.history.Timeline;
import io.processpool.core.result.Callbacks;
import io.processpool.core.result.Decoders;
import io.processpool.core.result.JobContext;
import io.processpool.core.result.MapResult;
import io.processpool.core.result.SingleResult;
import io.processpool.core.result.SubmitSite;
import io.processpool.core.result.SubmitSites;
import io.processpool.spi.PoolSettings;
import io.processpool.spi.TaskId;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.TaskFunction;
import java.time.Duration;
import java.util.Map;

/** Makes the handles of a pool that does not exist, with all that they need of it. */
final class Handles implements AutoCloseable {
  private static final int REMEMBERED_TASKS = 20_000;

  private final TaskFunction task = new TaskFunction.Unary(item -> item);
  private final Timeline timeline = Timeline.fromNow();
  private final PoolHistory history = new PoolHistory(timeline, REMEMBERED_TASKS);
  private final SubmitSites sites = new SubmitSites();
  private final Decoders decoders = new Decoders(Duration.ofMinutes(1));
  private final JobContext context;
  private long lastJob;

  Handles(PayloadCodec codec) {
    this.context =
        new JobContext(
            codec,
            decoders,
            new Callbacks(null),
            history,
            timeline,
            new PoolSettings.Printing(WorkerOutput.INHERIT, 0, null),
            new NoControl());
  }

  SingleResult<Object> single() {
    Submission submission = submission(TaskId.ONLY, 1);
    SubmitSite site = sites.here(task.task(), submission.time(), 1);
    return new SingleResult<>(context, this, task.name(), submission, site);
  }

  MapResult<Object> map(int size) {
    return new MapResult<>(
        context,
        this,
        task,
        submission(0, size),
        size,
        TaskOptions.defaults().endsAtFirstFailure());
  }

  private Submission submission(int firstItem, int size) {
    history.submitted(size);
    return new Submission(++lastJob, firstItem, "task", Map.of(), System.nanoTime(), 0);
  }

  @Override
  public void close() {
    decoders.close();
  }
}
