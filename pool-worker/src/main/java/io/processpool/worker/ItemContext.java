package io.processpool.worker;

import static java.util.Objects.requireNonNull;

import io.processpool.TaskContext;
import io.processpool.TaskProgress;
import io.processpool.spi.Slot;
import io.processpool.spi.TaskId;
import io.processpool.wire.Assignment;
import java.util.Map;

/** The context of one item. */
record ItemContext(ChunkRunner runner, Slot.Running item, Assignment assignment)
    implements TaskContext {
  private static final int LONGEST_MESSAGE = 200;

  @Override
  public String taskId() {
    return id().toString();
  }

  TaskId id() {
    return assignment.first().plus(item.item());
  }

  @Override
  public int worker() {
    return runner.workerId();
  }

  @Override
  public int attempt() {
    return assignment.attempt();
  }

  @Override
  public boolean isCancelled() {
    return !runner.isWanted(item);
  }

  @Override
  public void progress(long done, long total, String message) {
    if (done < 0 || total < 0) {
      throw new IllegalArgumentException(
          "done and total must be 0 or more: " + done + ", " + total);
    }
    requireNonNull(message, "message");
    int length = Math.min(message.length(), LONGEST_MESSAGE);
    runner.report(item, new TaskProgress(done, total, message.substring(0, length)));
  }

  @Override
  public Map<String, Object> state() {
    return runner.state();
  }
}
