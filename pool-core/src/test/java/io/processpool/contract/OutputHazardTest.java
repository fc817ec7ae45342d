package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.OutputLine;
import io.processpool.OutputListener;
import io.processpool.Pool;
import io.processpool.WorkerOutput;
import io.processpool.function.SerializableRunnable;
import io.processpool.testing.Program;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever shows what no task keeps, and however long he takes: results arrive, and pools end. */
@WorkerProcesses
class OutputHazardTest {
  @TempDir Path directory;

  /** A listener that takes nothing until it is let. */
  private static final class Stuck implements OutputListener {
    private final CountDownLatch opening = new CountDownLatch(1);
    private final List<OutputLine> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void printed(OutputLine line) {
      try {
        opening.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      lines.add(line);
    }

    List<String> texts() {
      synchronized (lines) {
        return lines.stream().map(OutputLine::text).toList();
      }
    }
  }

  private static Pool capturing(OutputListener listener, SerializableRunnable initializer) {
    return Pool.builder()
        .workers(1)
        .initializer(initializer)
        .outputListener(listener)
        .output(WorkerOutput.CAPTURE)
        .build();
  }

  @Test
  void aListenerOfWhatNoTaskKeepsHoldsUpNeitherResultsNorTheEnd() throws Exception {
    Stuck listener = new Stuck();
    try (Pool pool = capturing(listener, OutputHazardTest::printThreeLines)) {
      int answer = Results.valueOf(pool.applyAsync(() -> 42));
      assertThat(answer).isEqualTo(42);
      pool.terminate();
      assertThat(pool.join(Results.BOUND)).isTrue();
      assertThat(listener.texts()).isEmpty();
    }
    listener.opening.countDown();
    await()
        .atMost(Results.BOUND)
        .untilAsserted(
            () -> assertThat(listener.texts()).containsExactly("first", "second", "unfinished"));
  }

  private static void printThreeLines() {
    System.out.println("first");
    System.out.println("second");
    System.out.print("unfinished");
  }

  @Test
  void whatWaitsForAListenerIsThereWhenThePoolIsClosed() throws Exception {
    Stuck listener = new Stuck();
    Pool pool = capturing(listener, OutputHazardTest::printThreeLines);
    Background<List<String>> atTheEnd =
        Background.start(
            () -> {
              pool.close();
              return listener.texts();
            });
    await().atMost(Results.BOUND).until(() -> waitsForOutput(atTheEnd.thread()));
    listener.opening.countDown();
    assertThat(atTheEnd.result()).containsExactly("first", "second", "unfinished");
  }

  private static boolean waitsForOutput(Thread thread) {
    return !thread.isAlive()
        || List.of(thread.getStackTrace()).stream()
            .anyMatch(frame -> frame.getClassName().endsWith(".Outputs"));
  }

  @Test
  void whatFindsNoRoomIsDroppedAndCounted() throws Exception {
    Stuck listener = new Stuck();
    try (RecordedLogger library = RecordedLogger.named("io.processpool.core.output.LineQueue")) {
      try (Pool pool = capturing(listener, OutputHazardTest::printMoreThanIsKept)) {
        int answer = Results.valueOf(pool.applyAsync(() -> 42));
        assertThat(answer).isEqualTo(42);
        listener.opening.countDown();
      }
      await()
          .atMost(Results.BOUND)
          .untilAsserted(
              () -> {
                int shown = listener.lines.size();
                assertThat(shown).isBetween(50, 400);
                assertThat(library.messages()).singleElement().asString().contains("Dropped");
                assertThat(library.events().get(0).getArgumentArray())
                    .containsExactly(500L - shown);
              });
    }
  }

  private static void printMoreThanIsKept() {
    String text = "x".repeat(50_000);
    for (int i = 0; i < 500; i++) {
      System.out.println(text);
    }
  }

  @Test
  void aListenerOfWhatIsFoundOnTheChannelHoldsUpNeitherResultsNorTheEnd() throws Exception {
    Program program =
        Program.java(
            directory,
            List.of(
                "-Dio.processpool.channel=PLAIN",
                "-cp",
                Program.joined(Program.classPath()),
                PrintingOnTheChannel.class.getName()));
    assertThat(program.out()).as(program.err()).isEqualTo("42 ended true");
  }

  /** A program whose listener takes nothing, and whose worker has a channel open to all. */
  static final class PrintingOnTheChannel {
    private PrintingOnTheChannel() {}

    public static void main(String[] arguments) throws Exception {
      Pool pool = Pool.builder().workers(1).outputListener(new Stuck()).build();
      System.out.print(pool.applyAsync(PrintingOnTheChannel::print).get(Results.BOUND));
      pool.terminate();
      System.out.print(" ended " + pool.join(Duration.ofSeconds(30)));
    }

    @SuppressWarnings("resource") // closing it would close the channel
    private static int print() throws IOException {
      new FileOutputStream(FileDescriptor.out).write("noise\n".getBytes(StandardCharsets.UTF_8));
      return 42;
    }
  }
}
