package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import org.junit.jupiter.api.Test;

class AsyncResultTutorialTest {
  private final CapturedOutput output = new CapturedOutput();

  @Test
  void showsWhatEveryCallDoes() throws Exception {
    try (Pool pool = Pool.create(2)) {
      new AsyncResultTutorial(pool, output.stream()).run();
    }

    assertThat(output.text())
        .containsSubsequence(
            "== applyAsync and get",
            "Got: Hello, world, from process ",
            "== mapAsync and get",
            "Got: [1, 4, 9, 16, 25]",
            "== starmapAsync and get",
            "Got: [6, 20, 42]",
            "== get with a timeout that is long enough",
            "Got: slept for 300 ms",
            "== get with a timeout that is too short",
            "Nothing after 100 ms: ",
            "Got: slept for 1000 ms",
            "== get when the task throws",
            "The task threw: java.io.IOException: something bad happened",
            "== await: ",
            "The task is done.",
            "== await with a timeout",
            "Done after 100 ms: false",
            "Done after a longer wait: true",
            "== ready",
            "Not ready yet.",
            "Ready.",
            "== successful: true",
            "Successful: true",
            "== successful: false",
            "Successful: false",
            "== successful while the task runs",
            "Too early: ",
            "Successful: true");
  }
}
