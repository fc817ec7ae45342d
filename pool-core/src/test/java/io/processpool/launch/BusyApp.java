package io.processpool.launch;

import io.processpool.AsyncMapResult;
import io.processpool.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An application whose workers are busy for ever, each with a process that it has started. */
public final class BusyApp {

  private BusyApp() {}

  public static void main(String[] args) throws InterruptedException {
    try (Pool pool = Pool.create(2)) {
      AsyncMapResult<Integer> never =
          pool.mapAsync(BusyApp::work, List.of(args[0] + "/a", args[0] + "/b"), 1);
      never.await();
    }
  }

  /** Writes down the worker's process id and that of its child, and then never ends. */
  private static int work(String file) throws IOException {
    Process child = new ProcessBuilder("sleep", "1000").start();
    Path part = Path.of(file + ".part");
    Files.writeString(part, ProcessHandle.current().pid() + " " + child.pid());
    Files.move(part, Path.of(file));
    while (child.isAlive()) {
      Thread.onSpinWait();
    }
    return 0;
  }
}
