package io.processpool.spi;

import io.processpool.WorkerLogs;
import io.processpool.WorkerOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How worker processes are started.
 *
 * @param javaHome the Java installation to use; {@code null} for this JVM's own
 * @param jvmArgs flags for the worker's JVM, after the pool's own
 * @param environment variables to set, beside those of this process
 * @param workingDirectory the directory to start in; {@code null} for this process's own
 * @param classPath where the worker finds the user's classes; {@code null} to use this JVM's
 * @param startTimeout how long a worker may take from its start until it answers
 * @param stopTimeout how long a worker may take to end once it has nothing left to run, or has said
 *     that it ends
 * @param maxMemory how many bytes a worker's heap may hold after a collection before it asks to be
 *     replaced; 0 for as many as it can
 * @param output what becomes of what the worker prints
 * @param logs what becomes of what the worker logs
 */
public record ProcessSettings(
    @Nullable Path javaHome,
    List<String> jvmArgs,
    Map<String, String> environment,
    @Nullable Path workingDirectory,
    @Nullable List<Path> classPath,
    Duration startTimeout,
    Duration stopTimeout,
    long maxMemory,
    WorkerOutput output,
    WorkerLogs logs) {

  /** Copies the collections. */
  public ProcessSettings {
    jvmArgs = List.copyOf(jvmArgs);
    environment = Map.copyOf(environment);
    classPath = classPath == null ? null : List.copyOf(classPath);
  }
}
