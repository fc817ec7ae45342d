package io.processpool.core.report;

import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import io.processpool.WorkerStats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The tables of a report.
 *
 * @param evidence what they tell of
 * @param mostRows how many rows each may have
 */
record Tables(Evidence evidence, int mostRows) {

  Table workers() {
    return table(
        "Workers",
        List.of(
            "Worker",
            "Process",
            "Start-up",
            "Tasks",
            "Busy",
            "Idle",
            "Load",
            "Serialising",
            "State"),
        evidence.stats().workers(),
        this::worker);
  }

  Table longest(List<TaskMetadata> longest) {
    return table(
        "Longest tasks",
        List.of(
            "Task",
            "Label",
            "Worker",
            "Status",
            "Started at",
            "Queued",
            "Ran",
            "Processor",
            "Garbage",
            "Allocated",
            "Argument",
            "Result"),
        longest,
        this::longRunner);
  }

  Table stragglers() {
    return table(
        "Stragglers",
        List.of(
            "Task", "Label", "Worker", "Started at", "Ran", "Median of the others", "Longer by"),
        evidence.stragglers(),
        this::straggler);
  }

  Table failures() {
    return table(
        "Failures",
        List.of("Task", "Label", "Worker", "Status", "Attempt", "Started at", "Ran"),
        evidence.tasks().stream().filter(Tables::isFailure).toList(),
        this::failure);
  }

  static boolean isFailure(TaskMetadata task) {
    return task.status() == TaskStatus.FAILED;
  }

  private <T> Table table(
      String title, List<String> headings, List<T> things, Function<T, List<Cell>> row) {
    List<List<Cell>> rows = things.stream().limit(mostRows).map(row).toList();
    return new Table(title, headings, rows, things.size() - rows.size());
  }

  private List<Cell> worker(WorkerStats worker) {
    long idle = worker.idle(evidence.stats().time()).toNanos();
    long busy = worker.busy().toNanos();
    return List.of(
        Cell.id(worker.id()),
        Cell.id(worker.pid()),
        Cell.time(worker.startUp()),
        Cell.count(worker.tasks()),
        Cell.nanos(busy),
        Cell.nanos(idle),
        Cell.share(busy + idle == 0 ? 0 : (double) busy / (busy + idle)),
        Cell.share(worker.serialisationShare()),
        Cell.text(state(worker)));
  }

  /** In a few words. */
  static String state(WorkerStats worker) {
    return worker
        .whyEnded()
        .or(() -> worker.ended().map(time -> "ended"))
        .or(() -> worker.ready().map(time -> "ready"))
        .orElse("starting");
  }

  private List<Cell> longRunner(TaskMetadata task) {
    return List.of(
        Cell.text(task.id()),
        Cell.text(task.label()),
        worker(task),
        Cell.text(status(task)),
        startedAt(task),
        Cell.time(task.queued()),
        Cell.nanos(Took.of(task).nanos()),
        Cell.time(task.cpuTime()),
        Cell.time(task.gcTime()),
        Cell.bytes(task.allocatedBytes()),
        Cell.bytes(task.argumentBytes()),
        Cell.bytes(task.resultBytes()));
  }

  private List<Cell> straggler(Straggler straggler) {
    TaskMetadata task = straggler.task();
    long longer = straggler.took().nanos() - straggler.median();
    return List.of(
        Cell.text(task.id()),
        Cell.text(task.label()),
        worker(task),
        startedAt(task),
        Cell.nanos(straggler.took().nanos()),
        Cell.nanos(straggler.median()),
        Cell.nanos(longer));
  }

  private List<Cell> failure(TaskMetadata task) {
    return List.of(
        Cell.text(task.id()),
        Cell.text(task.label()),
        worker(task),
        Cell.text(status(task)),
        Cell.count(task.attempt()),
        startedAt(task),
        Cell.nanos(Took.of(task).nanos()));
  }

  private static Cell worker(TaskMetadata task) {
    return Cell.id(
        task.worker().isPresent()
            ? OptionalLong.of(task.worker().getAsInt())
            : OptionalLong.empty());
  }

  /** Lost ones are told apart, for they failed in another way. */
  static String status(TaskMetadata task) {
    boolean lost = isFailure(task) && task.started().isPresent() && task.completed().isEmpty();
    return lost ? "lost" : task.status().name().toLowerCase(Locale.ROOT);
  }

  private Cell startedAt(TaskMetadata task) {
    Optional<Duration> after =
        task.started().map(time -> Duration.between(evidence.stats().since(), time));
    return Cell.time(after);
  }
}
