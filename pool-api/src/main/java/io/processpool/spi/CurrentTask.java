package io.processpool.spi;

import io.processpool.TaskContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who runs tasks tells here which one it is. Safe for use by several threads. */
public final class CurrentTask {
  private static final InheritableThreadLocal<Supplier<Optional<TaskContext>>> OF_THREAD =
      new InheritableThreadLocal<>();

  private static volatile @Nullable Supplier<Optional<TaskContext>> ofProcess;

  private CurrentTask() {}

  /**
   * What runs, for a thread that runs tasks and for those that it starts.
   *
   * @param source asked each time
   */
  public static void tellThisThread(Supplier<Optional<TaskContext>> source) {
    OF_THREAD.set(source);
  }

  /**
   * What runs, for a process that does nothing but run tasks, one at a time.
   *
   * @param source asked each time by threads that have no source of their own
   */
  public static void tellThisProcess(Supplier<Optional<TaskContext>> source) {
    ofProcess = source;
  }

  /**
   * The task that runs, as far as the calling thread can know.
   *
   * @return its context; empty if there is none
   */
  public static Optional<TaskContext> get() {
    Supplier<Optional<TaskContext>> own = OF_THREAD.get();
    Supplier<Optional<TaskContext>> source = own == null ? ofProcess : own;
    return source == null ? Optional.empty() : source.get();
  }
}
