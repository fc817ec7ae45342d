package io.processpool.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A new process for each round, which prints its figures and ends: a player that is never warm. To
 * the figures comes how long it took as a whole, in milliseconds: {@code process}.
 */
final class PassingPlayer implements Player {
  private static final long ROUND_MINUTES = 2;

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
    process.getOutputStream().close();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(ROUND_MINUTES, TimeUnit.MINUTES)) {
      process.toHandle().destroyForcibly();
    }
    double millis = (System.nanoTime() - start) / 1e6;
    return Figures.parse(answer + " process=" + millis);
  }

  @Override
  public void close() {}
}
