package io.processpool.bench.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that plays round after round, and so gets warm. It reads a load from each line of its
 * standard input, writes a line of figures for it, and ends when its input does. One that takes too
 * long is killed.
 */
final class ServingPlayer implements Player {
  private static final long ROUND_MINUTES = 5;
  private static final long END_SECONDS = 30;

  private final List<String> command;
  private final Process process;
  private final BufferedWriter toProcess;
  private final BufferedReader fromProcess;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  ServingPlayer(List<String> command) throws IOException {
    this.command = command;
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.toProcess = process.outputWriter(StandardCharsets.UTF_8);
    this.fromProcess = process.inputReader(StandardCharsets.UTF_8);
  }

  @Override
  public Figures play(String load) throws IOException {
    ScheduledFuture<?> killer = timer.schedule(this::kill, ROUND_MINUTES, TimeUnit.MINUTES);
    try {
      toProcess.write(load);
      toProcess.newLine();
      toProcess.flush();
      String answer = fromProcess.readLine();
      if (answer == null) {
        throw new IOException("No answer to " + load + " from " + String.join(" ", command));
      }
      return Figures.parse(answer);
    } finally {
      killer.cancel(false);
    }
  }

  private void kill() {
    List<ProcessHandle> tree = process.descendants().toList();
    process.toHandle().destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      toProcess.close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } finally {
      fromProcess.close();
      timer.shutdownNow();
    }
  }
}
