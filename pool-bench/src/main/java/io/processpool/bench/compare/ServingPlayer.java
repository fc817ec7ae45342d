package io.processpool.bench.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A process that plays round after round, and so gets warm. It reads a load from each line of its
 * standard input, writes a line of figures for it, and ends when its input does. One that takes too
 * long is killed.
 */
final class ServingPlayer implements Player {
  private static final Duration ROUND = Duration.ofMinutes(5);
  private static final Duration END = Duration.ofSeconds(30);

  private final List<String> command;
  private final Process process;
  private final BufferedWriter toProcess;
  private final BufferedReader fromProcess;

  ServingPlayer(List<String> command) throws IOException {
    this.command = command;
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.toProcess = process.outputWriter(StandardCharsets.UTF_8);
    this.fromProcess = process.inputReader(StandardCharsets.UTF_8);
  }

  @Override
  public Figures play(String load) throws IOException {
    Deadline deadline = Deadline.of(process, ROUND);
    try {
      toProcess.write(load);
      toProcess.newLine();
      toProcess.flush();
      return Figures.parse(fromProcess.readLine());
    } catch (IOException e) {
      throw new IOException("No figures for " + load + " from " + String.join(" ", command), e);
    } finally {
      deadline.lift();
    }
  }

  @Override
  public void close() {
    Deadline deadline = Deadline.of(process, END);
    try {
      toProcess.close(); // which is what it ends for
    } catch (IOException e) {
      // It has ended before.
    }
    process.onExit().join();
    deadline.lift();
  }
}
