package io.processpool.core.output;

import io.processpool.GroupBy;
import io.processpool.StandardStream;
import io.processpool.TaskMetadata;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Shows what tasks have printed, each line behind where it comes from.
 *
 * @param tasks the tasks
 * @param target where to
 */
public record OutputDisplay(List<TaskMetadata> tasks, PrintStream target) {

  /**
   * Shows it all.
   *
   * @param groupBy in which order
   */
  public void show(GroupBy groupBy) {
    switch (groupBy) {
      case TYPE -> {
        tasks.forEach(task -> show(task, StandardStream.OUT));
        tasks.forEach(task -> show(task, StandardStream.ERR));
      }
      case WORKER -> {
        List<TaskMetadata> byWorker = new ArrayList<>(tasks);
        byWorker.sort(Comparator.comparingInt(task -> task.worker().orElse(0)));
        byWorker.forEach(this::show);
      }
      case ORDER -> tasks.forEach(this::show);
    }
  }

  private void show(TaskMetadata task) {
    show(task, StandardStream.OUT);
    show(task, StandardStream.ERR);
  }

  private void show(TaskMetadata task, StandardStream stream) {
    boolean isOut = stream == StandardStream.OUT;
    String prefix = (isOut ? "[stdout:" : "[stderr:") + task.id() + "] ";
    String text = isOut ? task.stdout() : task.stderr();
    text.lines().forEach(line -> target.println(prefix + line));
  }
}
