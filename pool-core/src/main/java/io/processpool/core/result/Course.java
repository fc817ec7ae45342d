package io.processpool.core.result;

import io.processpool.core.history.Runs;
import io.processpool.core.output.TaskOutput;
import io.processpool.core.schedule.RunningItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a job since it was submitted: many wait, to which nothing has. Safe for use
 * by several threads.
 */
final class Course {
  private final Runs runs = new Runs();
  private final Withdrawn withdrawn = new Withdrawn();
  private final Attempts attempts;
  private volatile List<RunningItem> lastRunning = List.of();
  private @Nullable TaskOutput output;

  Course(Attempts attempts) {
    this.attempts = attempts;
  }

  Runs runs() {
    return runs;
  }

  Withdrawn withdrawn() {
    return withdrawn;
  }

  Attempts attempts() {
    return attempts;
  }

  /** What ran when the job was completed. */
  List<RunningItem> lastRunning() {
    return lastRunning;
  }

  void noteLastRunning(List<RunningItem> running) {
    lastRunning = running;
  }

  synchronized TaskOutput output(int limit) {
    if (output == null) {
      output = new TaskOutput(limit);
    }
    return output;
  }
}
