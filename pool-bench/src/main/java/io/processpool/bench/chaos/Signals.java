package io.processpool.bench.chaos;

import java.io.IOException;

/** Sends signals that {@link ProcessHandle} cannot, by means of the shell. */
final class Signals {

  private Signals() {}

  /** Sends a signal, such as {@code STOP}. Returns whether there was somebody to get it. */
  static boolean send(String signal, long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return kill.waitFor() == 0;
  }
}
