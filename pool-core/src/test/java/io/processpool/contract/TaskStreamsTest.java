package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import io.processpool.WorkerOutput;
import io.processpool.testing.Program;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The standard streams of tasks: nothing to read, and free to print whatever they like. */
@WorkerProcesses
class TaskStreamsTest {
  @TempDir Path directory;

  @Test
  void theStandardInputOfATaskIsEmpty() throws Exception {
    try (Pool pool = Pool.create(1)) {
      int fromSystemIn = pool.apply(() -> System.in.read());
      int fromDescriptor = pool.apply(() -> new FileInputStream(FileDescriptor.in).read());
      assertThat(fromSystemIn).isEqualTo(-1);
      assertThat(fromDescriptor).isEqualTo(-1);
      int afterwards = pool.apply(() -> 42);
      assertThat(afterwards).isEqualTo(42);
    }
  }

  @Test
  void aProgramThatATaskStartsReadsNothingEither() throws Exception {
    try (Pool pool = Pool.create(1)) {
      List<Integer> statuses = pool.map(i -> cat(), IntStream.range(0, 5).boxed().toList(), 1);
      assertThat(statuses).containsOnly(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatATaskPrintsDisturbsNoResult(Printer printer) throws Exception {
    try (Pool pool = Pool.builder().workers(1).output(WorkerOutput.DISCARD).build()) {
      List<Integer> results =
          pool.map(
              i -> {
                printer.print("line " + i + " \0\uffff protocol?\n");
                return i;
              },
              IntStream.range(0, 20).boxed().toList(),
              2);
      assertThat(results).isEqualTo(IntStream.range(0, 20).boxed().toList());
      int large = pool.apply(() -> printMuch(printer));
      assertThat(large).isEqualTo(42);
    }
  }

  @Test
  void whatTasksPrintAppearsWhereTheProgramPrints() throws Exception {
    Program program = Program.run(directory, Printing.class, WorkerOutput.INHERIT.name());
    assertThat(program.exitStatus()).as(program.err()).isZero();
    assertThat(program.out().lines()).containsExactly("printed by SYSTEM_OUT \u00e4\u20ac");
    assertThat(program.err().lines())
        .containsExactlyInAnyOrder(
            "printed by SYSTEM_ERR \u00e4\u20ac",
            "printed by DESCRIPTOR \u00e4\u20ac",
            "printed by SUBPROCESS \u00e4\u20ac");
  }

  @Test
  void whatIsForwardedSaysWhereItComesFrom() throws Exception {
    Program program = Program.run(directory, Printing.class, WorkerOutput.FORWARD.name());
    assertThat(program.exitStatus()).as(program.err()).isZero();
    assertThat(program.out().lines())
        .containsExactly("[worker 1, task 1] printed by SYSTEM_OUT \u00e4\u20ac");
    assertThat(program.err().lines())
        .contains("[worker 1, task 2] printed by SYSTEM_ERR \u00e4\u20ac")
        .allMatch(line -> line.startsWith("[worker 1") && line.endsWith("\u00e4\u20ac"))
        .hasSize(3);
  }

  @Test
  void whatTasksPrintIsDroppedOnRequest() throws Exception {
    Program program = Program.run(directory, Printing.class, WorkerOutput.DISCARD.name());
    assertThat(program.exitStatus()).as(program.err()).isZero();
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).isEmpty();
  }

  private static int cat() throws IOException, InterruptedException {
    return new ProcessBuilder("cat")
        .redirectInput(Redirect.INHERIT)
        .redirectOutput(Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static int printMuch(Printer printer) throws Exception {
    printer.print("x".repeat(60_000));
    printer.print("y\n".repeat(30_000));
    return 42;
  }

  /** The ways a task has to reach the standard streams of its process. */
  enum Printer {
    SYSTEM_OUT {
      @Override
      void print(String text) {
        System.out.print(text);
      }
    },
    SYSTEM_ERR {
      @Override
      void print(String text) {
        System.err.print(text);
      }
    },
    DESCRIPTOR {
      @Override
      void print(String text) throws IOException {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    },
    SUBPROCESS {
      @Override
      void print(String text) throws IOException, InterruptedException {
        String printable = text.replace("\0", "");
        new ProcessBuilder("printf", "%s", printable).inheritIO().start().waitFor();
      }
    };

    abstract void print(String text) throws IOException, InterruptedException;
  }

  /** A program whose tasks print in every way. */
  static final class Printing {
    private Printing() {}

    public static void main(String[] arguments) throws Exception {
      try (Pool pool =
          Pool.builder().workers(1).output(WorkerOutput.valueOf(arguments[0])).build()) {
        for (Printer printer : Printer.values()) {
          int result =
              pool.apply(
                  () -> {
                    printer.print("printed by " + printer + " \u00e4\u20ac\n");
                    return 42;
                  });
          if (result != 42) {
            throw new IllegalStateException("not 42: " + result);
          }
        }
      }
    }
  }
}
