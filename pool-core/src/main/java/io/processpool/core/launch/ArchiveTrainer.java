package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.log.DiagnosticContext;
import io.processpool.spi.BackendSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/**
 * Makes the start-up archive that the workers of a pool have missed, with a worker that is thrown
 * away.
 *
 * <p>It begins a moment after the pool has started its first worker, so that the first results have
 * the machine to themselves, and does so once in the life of this JVM. A pool that ends earlier
 * begins it then and waits for it, or programs that take less than that would never have an
 * archive; but not for long, and not if it is terminated. The worker of the training ends with the
 * pool, and when this JVM is killed, as any other.
 *
 * <p>The archive is written aside, and put into its place when it is complete. Whatever goes wrong
 * is of no consequence for the pool; to be told of it, have this class log at debug level. What has
 * failed is not tried again for a day, what was given up for the end of the pool by the next JVM.
 */
final class ArchiveTrainer {
  private static final long DELAY_MILLIS = 1000;

  /** How long the end of a pool waits for an archive, and then for the end of the training. */
  private static final long PATIENCE_MILLIS = 4000;

  private static final long PATIENCE_WITH_END_MILLIS = 1000;

  /** What this JVM has begun to make, by {@link ArchiveFiles#identity}. */
  private static final Set<Path> TRIED = ConcurrentHashMap.newKeySet();

  private final WorkerCommand command;
  private final BackendSettings settings;
  private final ScheduledExecutorService timer;
  private @Nullable PlacedJar missing;
  private @Nullable Thread thread;
  private @Nullable Training training;
  private boolean givenUp;

  /**
   * Creates one for a pool.
   *
   * @param command how the workers of the pool are started
   */
  ArchiveTrainer(WorkerCommand command, BackendSettings settings, ScheduledExecutorService timer) {
    this.command = command;
    this.settings = settings;
    this.timer = timer;
  }

  /** A worker had to start without an archive. */
  synchronized void archiveIsMissing(PlacedJar jar) {
    if (missing != null || command.depth() > 1) {
      return; // pools within workers have the archive of the outermost
    }
    missing = jar;
    try {
      var unused = timer.schedule(this::begin, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The pool has ended.
    }
  }

  /**
   * The pool ends. Waits for the training a while, and then ends it; what the system takes longer
   * to end is left to it.
   */
  void finish() {
    begin();
    Thread begun = thread();
    if (begun == null) {
      return;
    }
    try {
      begun.join(PATIENCE_MILLIS);
      if (begun.isAlive()) {
        stop();
        begun.join(PATIENCE_WITH_END_MILLIS);
      }
    } catch (InterruptedException e) {
      stop(); // nobody interrupts the thread that is here, unless to have an end of it
    }
  }

  /** Ends at once, or does not begin. Does not wait. That it was not done is no failure. */
  synchronized void stop() {
    givenUp = true;
    if (training != null) {
      training.stop();
    }
  }

  private synchronized @Nullable Thread thread() {
    return thread;
  }

  private synchronized void begin() {
    PlacedJar jar = missing;
    if (jar == null || givenUp || thread != null) {
      return;
    }
    ArchiveFiles files = command.archive().files(jar);
    if (files != null && TRIED.add(files.identity())) {
      Thread begun = DaemonThreads.named("pool-archive-trainer", () -> train(files));
      if (DaemonThreads.startIfPossible(begun)) {
        thread = begun;
      }
    }
  }

  private void train(ArchiveFiles files) {
    try (FileChannel lock = files.tryLock()) {
      if (lock != null && files.find() == null && !files.hasFailedLately()) {
        make(files);
      }
    } catch (Throwable e) {
      report(e); // whatever it is, the pool does not need what was made here
    }
  }

  private void make(ArchiveFiles files) throws IOException {
    Path part = files.createPart();
    try {
      Training begun = new Training(command, settings, part, timer);
      if (startUnlessGivenUp(begun)) {
        begun.await();
        files.place(part);
      }
    } catch (Throwable e) {
      if (!isGivenUp()) {
        files.noteFailure();
      }
      throw e;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Without the lock, so that the end of the pool does not wait for a system that is busy. */
  private boolean startUnlessGivenUp(Training begun) throws IOException {
    if (isGivenUp()) {
      return false;
    }
    begun.start();
    hasStarted(begun);
    return true;
  }

  private synchronized void hasStarted(Training begun) {
    training = begun;
    if (givenUp) {
      begun.stop();
    }
  }

  private synchronized boolean isGivenUp() {
    return givenUp;
  }

  /** Not while SLF4J is being set up, for it would say on the error stream that it has kept it. */
  private static void report(Throwable failure) {
    if (DiagnosticContext.exists()
        && !(LoggerFactory.getILoggerFactory() instanceof SubstituteLoggerFactory)) {
      LoggerFactory.getLogger(ArchiveTrainer.class)
          .debug("No start-up archive was made for workers: {}", failure.getMessage(), failure);
    }
  }
}
