package io.processpool.core.history;

import io.processpool.StandardStream;
import io.processpool.TaskMetadata;
import io.processpool.TaskProgress;
import io.processpool.TaskStatus;
import io.processpool.core.output.TaskOutput;
import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.Departure;
import io.processpool.core.schedule.RunningItem;
import io.processpool.core.schedule.WorkerIdentity;
import io.processpool.wire.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the tasks of a job, each put together when it is asked for. Safe for use by
 * several threads.
 */
public final class TaskRecords extends AbstractList<TaskMetadata> implements RandomAccess {
  private final Source source;
  private final Runs runs;
  private final Collection<RunningItem> running;

  /**
   * Where the records come from.
   *
   * @param submission how the job came to the pool
   * @param timeline the times
   * @param size how many there are
   * @param statuses how far each has come, as far as its handle knows: queued if it is not done
   * @param output what they have printed
   */
  public record Source(
      Submission submission,
      Timeline timeline,
      int size,
      IntFunction<TaskStatus> statuses,
      TaskOutput output) {}

  /**
   * Creates records.
   *
   * @param source where they come from
   * @param runs what has run
   * @param running what runs
   */
  public TaskRecords(Source source, Runs runs, List<RunningItem> running) {
    this.source = source;
    this.runs = runs;
    this.running = running;
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public TaskMetadata get(int index) {
    return at(Objects.checkIndex(index, size()));
  }

  /** What is known of a task, whose index may be beyond the largest number. */
  TaskMetadata at(int index) {
    TaskStatus status = source.statuses().apply(index);
    Run run = runs.run(index);
    if (run != null) {
      return record(index, orRunning(status), run.attempt(), run, Optional.empty());
    }
    return running.stream()
        .filter(item -> item.index() == index)
        .map(item -> record(index, orRunning(status), item.attempt(), null, item.progress()))
        .findAny()
        .orElseGet(() -> record(index, status, null, null, Optional.empty()));
  }

  /** Of an item that has begun, its handle may not know yet. */
  private static TaskStatus orRunning(TaskStatus status) {
    return status == TaskStatus.QUEUED ? TaskStatus.RUNNING : status;
  }

  private TaskRecord record(
      int index,
      TaskStatus status,
      @Nullable Attempt attempt,
      @Nullable Run run,
      Optional<TaskProgress> progress) {
    Figures figures = run == null ? null : runs.figures(run, index);
    Submission submission = source.submission();
    Departure departure = departure(attempt);
    Optional<Long> started = started(attempt, run, figures);
    Optional<WorkerIdentity> worker = Optional.ofNullable(attempt).map(Attempt::worker);
    Optional<Figures> measured = Optional.ofNullable(figures);
    Optional<Usage> usage = usage(index, run, figures);
    return new TaskRecord(
        submission.task(index).toString(),
        index,
        submission.label(),
        status,
        source.timeline().at(departure.time()),
        started.map(source.timeline()::at),
        completed(run, figures),
        Optional.ofNullable(run).map(r -> source.timeline().at(r.received())),
        worker.isEmpty() ? OptionalInt.empty() : OptionalInt.of(worker.get().number()),
        worker.isEmpty() ? OptionalLong.empty() : OptionalLong.of(worker.get().pid()),
        attempt == null ? 1 : attempt.number(),
        measured.stream().mapToLong(Figures::argumentBytes).findAny(),
        measured.stream().mapToLong(Figures::resultBytes).findAny(),
        Duration.ofNanos(departure.serialising()),
        started.map(time -> nanos(time - departure.time())),
        measured.map(f -> nanos(f.reading())),
        measured.map(f -> nanos(f.duration() - f.reading() - f.writing())),
        measured.map(f -> nanos(f.writing())),
        figures == null || run == null
            ? Optional.empty()
            : Optional.of(nanos(run.deserialisingEach())),
        usage.map(Usage::cpu),
        usage.stream().mapToLong(Usage::allocated).findAny(),
        usage.map(Usage::gc),
        source.output().text(index, StandardStream.OUT),
        source.output().text(index, StandardStream.ERR),
        progress);
  }

  private Departure departure(@Nullable Attempt attempt) {
    return attempt == null || attempt.departure() == null
        ? source.submission().departure()
        : attempt.departure();
  }

  private static Optional<Long> started(
      @Nullable Attempt attempt, @Nullable Run run, @Nullable Figures figures) {
    if (run != null && figures != null) {
      return Optional.of(run.here(figures.start()));
    }
    return attempt == null || attempt.began().isEmpty()
        ? Optional.empty()
        : Optional.of(attempt.began().getAsLong());
  }

  private Optional<Instant> completed(@Nullable Run run, @Nullable Figures figures) {
    return run == null || figures == null
        ? Optional.empty()
        : Optional.of(source.timeline().at(run.here(figures.end())));
  }

  /** What one task used: its share of what its group did. */
  private record Usage(Duration cpu, long allocated, Duration gc) {}

  private Optional<Usage> usage(int index, @Nullable Run run, @Nullable Figures figures) {
    Figures.Usage group = run == null || figures == null ? null : runs.usage(run, index);
    if (figures == null || group == null) {
      return Optional.empty();
    }
    double share =
        group.duration() == 0
            ? 1.0 / group.items()
            : Math.min(1, (double) figures.duration() / group.duration());
    return Optional.of(
        new Usage(
            nanos((long) (group.cpu() * share)),
            (long) (group.allocated() * share),
            nanos((long) (group.gc() * share))));
  }

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(Math.max(0, nanos));
  }
}
