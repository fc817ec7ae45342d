package io.processpool.core.report;

import io.processpool.TaskMetadata;
import io.processpool.TaskProgress;
import io.processpool.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A task that somebody made up; all that is not said of it is as it mostly is. */
record SampleTask(
    String id,
    int index,
    String label,
    TaskStatus status,
    Instant submitted,
    Optional<Instant> started,
    Optional<Instant> completed,
    Optional<Instant> received,
    OptionalInt worker,
    OptionalLong pid,
    int attempt,
    OptionalLong argumentBytes,
    OptionalLong resultBytes,
    Duration serialising,
    Optional<Duration> queued,
    Optional<Duration> reading,
    Optional<Duration> running,
    Optional<Duration> writing,
    Optional<Duration> deserialising,
    Optional<Duration> cpuTime,
    OptionalLong allocatedBytes,
    Optional<Duration> gcTime,
    String stdout,
    String stderr,
    Optional<TaskProgress> progress)
    implements TaskMetadata {
  static final Instant ORIGIN = Instant.parse("2026-01-02T03:04:05Z");

  static Instant at(long micros) {
    return ORIGIN.plusNanos(micros * 1000);
  }

  /** A task that had a worker from its start for some time, in microseconds. */
  static Builder task(String id, int worker, long start, long length) {
    return new Builder(id, worker, start, length);
  }

  /** Makes a task. Not safe for use by several threads. */
  static final class Builder {
    private final String id;
    private final int worker;
    private final long start;
    private final long length;
    private String label = "Work.each";
    private TaskStatus status = TaskStatus.SUCCEEDED;
    private long submitted;
    private long argumentBytes = 8;
    private long resultBytes = 8;
    private long argumentMicros;
    private long resultMicros;
    private long gcMicros;
    private boolean lost;
    private boolean neverStarted;

    private Builder(String id, int worker, long start, long length) {
      this.id = id;
      this.worker = worker;
      this.start = start;
      this.length = length;
    }

    Builder label(String text) {
      label = text;
      return this;
    }

    Builder status(TaskStatus reached) {
      status = reached;
      return this;
    }

    Builder submitted(long micros) {
      submitted = micros;
      return this;
    }

    Builder argument(long bytes, long micros) {
      argumentBytes = bytes;
      argumentMicros = micros;
      return this;
    }

    Builder result(long bytes, long micros) {
      resultBytes = bytes;
      resultMicros = micros;
      return this;
    }

    Builder gc(long micros) {
      gcMicros = micros;
      return this;
    }

    Builder lost() {
      lost = true;
      return status(TaskStatus.FAILED);
    }

    Builder neverStarted() {
      neverStarted = true;
      return status(TaskStatus.ABORTED);
    }

    /** Half of the times for argument and result were the worker's. */
    SampleTask build() {
      boolean measured = !lost && !neverStarted;
      return new SampleTask(
          id,
          id.matches("\\d+\\.\\d+") ? Integer.parseInt(id.substring(id.indexOf('.') + 1)) : 0,
          label,
          status,
          at(submitted),
          neverStarted ? Optional.empty() : Optional.of(at(start)),
          measured ? Optional.of(at(start + length)) : Optional.empty(),
          Optional.of(at(start + length)),
          neverStarted ? OptionalInt.empty() : OptionalInt.of(worker),
          neverStarted ? OptionalLong.empty() : OptionalLong.of(4000 + worker),
          1,
          measured ? OptionalLong.of(argumentBytes) : OptionalLong.empty(),
          measured ? OptionalLong.of(resultBytes) : OptionalLong.empty(),
          micros(argumentMicros / 2),
          neverStarted ? Optional.empty() : Optional.of(micros(start - submitted)),
          when(measured, argumentMicros / 2),
          when(measured, length - argumentMicros / 2 - resultMicros / 2),
          when(measured, resultMicros / 2),
          when(measured, resultMicros / 2),
          when(measured, length),
          measured ? OptionalLong.of(1 << 20) : OptionalLong.empty(),
          when(measured, gcMicros),
          "",
          "",
          Optional.empty());
    }

    private static Optional<Duration> when(boolean known, long micros) {
      return known ? Optional.of(micros(micros)) : Optional.empty();
    }

    private static Duration micros(long micros) {
      return Duration.ofNanos(micros * 1000);
    }
  }
}
