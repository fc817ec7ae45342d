package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.WorkerLostException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker has started does not outlive it, however it ends. */
@WorkerProcesses
class OffspringTest {
  private final Pool pool;
  @TempDir Path directory;

  OffspringTest(Pool pool) {
    this.pool = pool;
  }

  @BeforeEach
  void onlyLinuxShowsEnvironments() {
    assumeThat(Path.of("/proc/self/environ")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "SEGV", "TERM"})
  void childrenEndWithAWorkerThatIsKilled(String signal) throws Exception {
    Journal children = Journal.in(directory, "children");
    Process bystander = sleep();
    try {
      AsyncResult<Object> result = pool.applyAsync(() -> startAndDie(children, signal));
      assertThat(Results.failureOf(result)).isInstanceOf(WorkerLostException.class);
      assertThat(children.lines()).hasSize(2);
      Processes.awaitGone(pids(children));
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroyForcibly().waitFor();
    }
  }

  @Test
  void childrenThatDetachedThemselvesEndWithAWorkerThatHasNothingLeftToDo() throws Exception {
    Journal children = Journal.in(directory, "children");
    try (Pool single = Pool.create(1)) {
      Object done = single.apply(() -> startDetached(children));
      assertThat(done).isEqualTo("started");
      assertThat(pids(children)).hasSize(1).allMatch(Processes::alive);
    }
    Processes.awaitGone(pids(children));
  }

  @Test
  void childrenOfANestedPoolsWorkersEndWithTheOuterWorker() throws Exception {
    Journal children = Journal.in(directory, "children");
    AsyncResult<Object> result = pool.applyAsync(() -> nestAndDie(children));
    assertThat(Results.failureOf(result)).isInstanceOf(WorkerLostException.class);
    Processes.awaitGone(pids(children));
  }

  @Test
  void childrenOfANestedPoolsWorkerEndWithIt() throws Exception {
    Journal children = Journal.in(directory, "children");
    long outer = pool.apply(() -> nestAndGoOn(children));
    Processes.awaitGone(pids(children));
    assertThat(Processes.alive(outer)).isTrue();
  }

  private static Object startAndDie(Journal children, String signal) throws Exception {
    children.write(sleep().pid());
    startDetached(children);
    return signal.equals("SEGV") ? Deaths.crash() : Deaths.kill(signal);
  }

  /** Its parent ends at once, and it is in a session of its own. */
  private static Object startDetached(Journal children) throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", "setsid sleep 1000 >/dev/null 2>&1 & echo $!").start();
    try (BufferedReader out = shell.inputReader()) {
      children.write(out.readLine());
    }
    return "started";
  }

  private static Object nestAndDie(Journal children) throws Exception {
    try (Pool nested = Pool.create(1)) {
      nested.apply(() -> startDetached(children));
      return Deaths.kill("KILL");
    }
  }

  private static long nestAndGoOn(Journal children) throws Exception {
    try (Pool nested = Pool.create(1)) {
      nested.apply(() -> startDetached(children));
    }
    return Processes.self();
  }

  private static Process sleep() throws IOException {
    return new ProcessBuilder("sleep", "1000").start();
  }

  private static List<Long> pids(Journal journal) throws IOException {
    return journal.lines().stream().map(Long::valueOf).toList();
  }
}
