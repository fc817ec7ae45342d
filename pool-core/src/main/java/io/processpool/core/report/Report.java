package io.processpool.core.report;

import io.processpool.PoolReport;
import io.processpool.PoolStats;
import io.processpool.TaskMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What is told of a pool, from its figures and the tasks that it remembers. Immutable. */
public final class Report implements PoolReport {
  private static final Comparator<TaskMetadata> BY_START =
      Comparator.comparing((TaskMetadata task) -> task.started().orElse(Instant.MAX))
          .thenComparing(TaskMetadata::submitted);

  private final Evidence evidence;
  private final long forgotten;

  /**
   * Creates a report.
   *
   * @param stats the figures of the pool
   * @param tasks the finished tasks that are remembered, in any order; they are copied
   * @param forgotten how many more have finished
   */
  public Report(PoolStats stats, List<TaskMetadata> tasks, long forgotten) {
    this.evidence = Evidence.of(stats, tasks.stream().sorted(BY_START).toList());
    this.forgotten = forgotten;
  }

  @Override
  public PoolStats stats() {
    return evidence.stats();
  }

  @Override
  public List<TaskMetadata> tasks() {
    return evidence.tasks();
  }

  @Override
  public long forgotten() {
    return forgotten;
  }

  @Override
  public List<TaskMetadata> longest(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be 0 or more: " + count);
    }
    return Took.longest(evidence.tasks(), count);
  }

  @Override
  public List<TaskMetadata> stragglers() {
    return evidence.stragglers().stream().map(Straggler::task).toList();
  }

  @Override
  public List<String> advice() {
    return Rule.ALL.stream().flatMap(rule -> rule.advice(evidence).stream()).toList();
  }

  @Override
  public void writeTrace(Path file) throws IOException {
    WholeFile.write(file, out -> new Trace(evidence.timetable()).writeTo(out));
  }

  @Override
  public void writeHtml(Path file) throws IOException {
    WholeFile.write(file, out -> new Page(evidence, forgotten, advice()).writeTo(out));
  }

  @Override
  public String toString() {
    return new TextReport(evidence, forgotten, advice()).toString();
  }
}
