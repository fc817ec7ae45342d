package io.processpool.bench.compare;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Kills a process, with what it has started, unless it is lifted in time. */
final class Deadline {
  private final CompletableFuture<Void> kill;

  private Deadline(CompletableFuture<Void> kill) {
    this.kill = kill;
  }

  static Deadline of(Process process, Duration time) {
    Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
    return new Deadline(CompletableFuture.runAsync(() -> kill(process), later));
  }

  private static void kill(Process process) {
    List<ProcessHandle> tree = process.descendants().toList();
    process.toHandle().destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  void lift() {
    kill.cancel(false);
  }
}
