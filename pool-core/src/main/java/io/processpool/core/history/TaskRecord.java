package io.processpool.core.history;

import io.processpool.TaskMetadata;
import io.processpool.TaskProgress;
import io.processpool.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is known of one task. */
record TaskRecord(
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
    implements TaskMetadata {}
