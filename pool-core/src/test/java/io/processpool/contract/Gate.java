package io.processpool.contract;

import java.io.IOException;
import java.nio.file.Path;

/** A place in a task where it waits until the test lets it go on. */
record Gate(Signal arrival, Signal opening) {

  static Gate in(Path directory, String name) {
    return new Gate(
        Signal.in(directory, name + ".arrival"), Signal.in(directory, name + ".opening"));
  }

  /** Waits in a task until the gate is open, and returns the value. */
  <T> T pass(T value) throws IOException, InterruptedException {
    arrival.raise();
    opening.await();
    return value;
  }

  /** Waits in the test until a task has reached the gate. */
  void awaitArrival() {
    arrival.awaitRaised();
  }

  void open() throws IOException {
    opening.raise();
  }
}
