package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Collection;

/** What the tests want to know about processes. */
final class Processes {

  private Processes() {}

  static long self() {
    return ProcessHandle.current().pid();
  }

  /** Kills a worker as {@code kill -9} would. Only a descendant of this JVM can be killed. */
  static void kill(long pid) {
    ProcessHandle worker =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.pid() == pid)
            .findFirst()
            .orElseThrow(() -> new AssertionError("No process of this JVM's: " + pid));
    assertThat(worker.destroyForcibly()).isTrue();
  }

  static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  static void awaitGone(Collection<Long> pids) {
    await()
        .atMost(Results.BOUND)
        .untilAsserted(() -> assertThat(pids).isNotEmpty().noneMatch(Processes::alive));
  }

  static long childrenOfThisJvm() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }

  static void awaitNoneBelowThisJvm() {
    await()
        .atMost(Results.BOUND)
        .untilAsserted(
            () ->
                assertThat(ProcessHandle.current().descendants().map(Processes::describe))
                    .as("processes left behind")
                    .isEmpty());
  }

  private static String describe(ProcessHandle process) {
    return process.pid() + " " + process.info().commandLine().orElse("?");
  }
}
