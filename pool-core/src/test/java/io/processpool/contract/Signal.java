package io.processpool.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Something that happens once, known to the test and to tasks in any process: a file. */
record Signal(String path) {

  static Signal in(Path directory, String name) {
    return new Signal(directory.resolve(name).toString());
  }

  void raise() throws IOException {
    Files.writeString(Path.of(path), "");
  }

  boolean raised() {
    return Files.exists(Path.of(path));
  }

  /** Waits in a task. */
  void await() throws InterruptedException {
    long deadline = System.nanoTime() + Results.BOUND.toNanos();
    while (!raised()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("Never raised: " + path);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Waits in a task that cannot be interrupted. */
  void awaitUninterruptibly() {
    while (true) {
      try {
        await();
        return;
      } catch (InterruptedException e) {
        // This task has decided not to listen.
      }
    }
  }

  /** Waits in the test. */
  void awaitRaised() {
    Awaitility.await(path).atMost(Results.BOUND).until(this::raised);
  }
}
