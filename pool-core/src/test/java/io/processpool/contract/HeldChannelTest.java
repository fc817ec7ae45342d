package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.WorkerLostException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a worker is told though others, whom it has started, have its channel open. */
@WorkerProcesses
class HeldChannelTest {
  private static final File CHANNEL = new File("/proc/self/fd/3");
  private static final String KNOWN = "";
  private static final String UNKNOWN = "env -i ";

  @TempDir Path directory;

  @BeforeEach
  void onlyThereIsTheChannelFound() {
    assumeThat(Path.of("/proc/self/environ")).exists();
  }

  @AfterEach
  void endWhoeverHoldsTheChannel() throws IOException {
    for (String pid : holders().lines()) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aKnownHolderEndsWithTheWorker() throws Exception {
    Journal holders = holders();
    try (Pool pool = Pool.create(1)) {
      AsyncResult<Object> result = pool.applyAsync(() -> holdAndDie(KNOWN, holders));
      assertThat(Results.failureOf(result)).isInstanceOf(WorkerLostException.class);
      Processes.awaitGone(holders.lines().stream().map(Long::valueOf).toList());
    }
  }

  @Test
  void aHolderThatIsNotFoundDelaysNothingAndLosesNothing() throws Exception {
    Journal holders = holders();
    Journal runs = Journal.in(directory, "runs");
    try (Pool pool = Pool.create(1)) {
      AsyncMapResult<Object> result =
          pool.mapAsync(
              i -> {
                runs.write(i);
                return i == 2 ? holdAndDie(UNKNOWN, holders) : i;
              },
              List.of(0, 1, 2, 3),
              4);
      assertThat(result.await(Results.BOUND)).isTrue();
      assertThat(result.outcomes())
          .extracting(Outcome::successful)
          .containsExactly(true, true, false, true);
      assertThat(runs.lines()).containsExactly("0", "1", "2", "3");
    }
    assertThat(holders.lines()).singleElement().matches(pid -> Processes.alive(Long.valueOf(pid)));
  }

  @Test
  void aPoolEndsThoughTheChannelOfAnIdleWorkerIsHeld() throws Exception {
    Journal holders = holders();
    Pool pool = Pool.create(1);
    assertThat(Results.valueOf(pool.applyAsync(() -> hold(UNKNOWN, holders)))).isEqualTo("held");
    pool.shutdown();
    assertThat(pool.join(Results.BOUND)).isTrue();
    assertThat(holders.lines()).singleElement().matches(pid -> Processes.alive(Long.valueOf(pid)));
  }

  private Journal holders() {
    return Journal.in(directory, "holders");
  }

  private static Object holdAndDie(String environment, Journal holders) throws Exception {
    hold(environment, holders);
    return Deaths.halt(1);
  }

  /** Its parent ends at once, and it is in a session of its own. */
  private static Object hold(String environment, Journal holders) throws Exception {
    String command = environment + "setsid sleep 1000 & echo $! >>" + holders.path();
    new ProcessBuilder("sh", "-c", command)
        .redirectOutput(CHANNEL)
        .redirectError(Redirect.DISCARD)
        .start()
        .waitFor();
    awaitSleep(holders);
    return "held";
  }

  /** Until then the holder has the environment of its parent, and is known by it. */
  private static void awaitSleep(Journal holders) throws Exception {
    String pid = holders.lines().get(0);
    Path commandLine = Path.of("/proc", pid, "cmdline");
    while (!Files.readString(commandLine).startsWith("sleep")) {
      Thread.sleep(5);
    }
  }
}
