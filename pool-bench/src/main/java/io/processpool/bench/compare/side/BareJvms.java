package io.processpool.bench.compare.side;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JVMs that do nothing, until they are closed. */
final class BareJvms implements AutoCloseable {
  private final List<Process> processes = new ArrayList<>();

  private BareJvms() {}

  static BareJvms start(int count, List<String> flags) throws IOException {
    BareJvms jvms = new BareJvms();
    for (int i = 0; i < count; i++) {
      jvms.processes.add(
          new ProcessBuilder(Jvm.command(flags, Hello.class.getName(), List.of("stay")))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    return jvms;
  }

  ProcessHandle first() {
    return processes.get(0).toHandle();
  }

  /** Waits until each has come to its main method. */
  void awaitReady() throws IOException {
    for (Process process : processes) {
      if (process.getInputStream().read() < 0) {
        throw new IOException("A bare JVM has ended: " + process);
      }
    }
  }

  @Override
  public void close() {
    processes.forEach(process -> process.toHandle().destroyForcibly());
  }
}
