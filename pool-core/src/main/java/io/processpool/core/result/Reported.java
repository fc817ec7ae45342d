package io.processpool.core.result;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

import io.processpool.AsyncResult;
import io.processpool.GroupBy;
import io.processpool.Progress;
import io.processpool.ProgressListener;
import io.processpool.TaskMetadata;
import io.processpool.core.concurrent.Nanos;
import io.processpool.core.history.Timeline;
import io.processpool.core.output.OutputDisplay;
import io.processpool.core.progress.ProgressDisplay;
import io.processpool.core.progress.ProgressTeller;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A promise that tells of its tasks what can be computed from what is known of each.
 *
 * @param <R> the type of the value
 */
abstract class Reported<R extends @Nullable Object> extends Promise<R> {

  /**
   * Checks that what the tasks print is kept.
   *
   * @throws IllegalStateException if it is not
   */
  abstract void requireOutput();

  /** The times. */
  abstract Timeline timeline();

  /** When the first of the tasks was submitted. */
  abstract Instant submitted();

  private Instant end() {
    return timeline().at(completedAt());
  }

  /** The tasks that run. */
  abstract List<TaskMetadata> running();

  private Progress progressOfNow() {
    List<TaskMetadata> running = ready() ? List.of() : running();
    return new Progress(progress(), size(), failures(), elapsed(), running);
  }

  @Override
  public AsyncResult<R> onProgress(ProgressListener listener) {
    requireNonNull(listener, "listener");
    ProgressTeller teller =
        new ProgressTeller(this::progressOfNow, listener, action -> callbacks().run(action));
    keep();
    teller.start();
    follow(how -> teller.end());
    return this;
  }

  @Override
  public final boolean waitInteractive(Duration interval, Duration timeout)
      throws InterruptedException {
    if (requireNonNull(interval, "interval").isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval must be more than zero: " + interval);
    }
    long deadline = System.nanoTime() + Nanos.of(requireNonNull(timeout, "timeout"));
    ProgressDisplay display = ProgressDisplay.onStandardOutput();
    try {
      long left = deadline - System.nanoTime();
      while (!await(Duration.ofNanos(Math.min(left, Nanos.of(interval)))) && left > 0) {
        display.show(progressOfNow());
        left = deadline - System.nanoTime();
      }
      display.show(progressOfNow());
    } finally {
      display.end();
    }
    return ready();
  }

  @Override
  public final Duration elapsed() {
    return ready() ? wallTime() : Duration.between(submitted(), Instant.now());
  }

  @Override
  public Duration serialTime() {
    requireReady();
    return metadata().stream().map(Reported::runTime).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration runTime(TaskMetadata task) {
    return task.started().isPresent() && task.completed().isPresent()
        ? Duration.between(task.started().get(), task.completed().get())
        : Duration.ZERO;
  }

  @Override
  public Duration wallTime() {
    requireReady();
    List<TaskMetadata> tasks = metadata();
    boolean allReceived = tasks.stream().allMatch(task -> task.received().isPresent());
    Instant end =
        allReceived
            ? times(tasks, TaskMetadata::received).max(naturalOrder()).orElseGet(this::end)
            : end();
    return Duration.between(submitted(), end);
  }

  @Override
  public final double speedup() {
    long wall = wallTime().toNanos();
    return wall == 0 ? 0 : (double) serialTime().toNanos() / wall;
  }

  @Override
  public final Duration timedelta(
      Function<? super TaskMetadata, Optional<Instant>> start,
      Function<? super TaskMetadata, Optional<Instant>> end) {
    List<TaskMetadata> tasks = metadata();
    Instant earliest = times(tasks, start).min(naturalOrder()).orElseThrow(() -> noTime("start"));
    Instant latest = times(tasks, end).max(naturalOrder()).orElseThrow(() -> noTime("end"));
    return Duration.between(earliest, latest);
  }

  private static Stream<Instant> times(
      Collection<TaskMetadata> tasks, Function<? super TaskMetadata, Optional<Instant>> time) {
    return tasks.stream().flatMap(task -> time.apply(task).stream());
  }

  private static IllegalStateException noTime(String which) {
    return new IllegalStateException("No task has a time for the " + which);
  }

  @Override
  public final void displayOutputs(GroupBy groupBy, PrintStream target)
      throws InterruptedException {
    requireNonNull(groupBy, "groupBy");
    requireNonNull(target, "target");
    requireOutput();
    await();
    new OutputDisplay(metadata(), target).show(groupBy);
  }
}
