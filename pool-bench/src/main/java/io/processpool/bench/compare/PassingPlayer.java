package io.processpool.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A new process for each round, which prints its figures and ends: a player that is never warm. To
 * the figures comes how long it took as a whole, in milliseconds: {@code process}.
 */
final class PassingPlayer implements Player {
  private static final Duration ROUND = Duration.ofMinutes(2);

  private final List<String> command;
  private final CacheDirectory cache;

  /** Where the processes have their cache. */
  interface CacheDirectory {
    /** For the next process. */
    Path next() throws IOException;
  }

  PassingPlayer(List<String> command, CacheDirectory cache) {
    this.command = command;
    this.cache = cache;
  }

  @Override
  public Figures play(String load) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(load.split(" +", -1)));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("XDG_CACHE_HOME", cache.next().toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    long start = System.nanoTime();
    Process process = builder.start();
    Deadline deadline = Deadline.of(process, ROUND);
    try {
      process.getOutputStream().close();
      byte[] answer = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      double millis = (System.nanoTime() - start) / 1e6;
      if (status != 0) {
        throw new IOException("Exit status " + status + " of " + String.join(" ", words));
      }
      return Figures.parse(new String(answer, StandardCharsets.UTF_8) + " process=" + millis);
    } finally {
      deadline.lift();
    }
  }

  @Override
  public void close() {}
}
