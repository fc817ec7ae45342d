package io.processpool.core.launch;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a worker process.
 *
 * @param pid its process id
 * @param uptime how long it lived
 * @param exitStatus what the system reports
 * @param lastOutput what it printed last
 * @param crash what it said of its crash; {@code null} if it did not crash
 */
record Remains(
    long pid,
    Duration uptime,
    int exitStatus,
    List<String> lastOutput,
    @Nullable CrashReport crash) {}
