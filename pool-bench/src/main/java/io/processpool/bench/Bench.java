package io.processpool.bench;

import io.processpool.bench.chaos.ChaosCommand;
import io.processpool.bench.command.Command;
import io.processpool.bench.compare.CompareCommand;
import io.processpool.bench.jmh.JmhCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts pools under fire, and to the test of speed.
 *
 * <pre>
 * java -jar pool-bench/target/pool-bench.jar chaos --seconds 60 --workers 8 --seed 42
 * java -jar pool-bench/target/pool-bench.jar compare --json figures.json
 * java -jar pool-bench/target/pool-bench.jar jmh Frame
 * </pre>
 *
 * <p>It exits with status 1 if a promise was broken, or the command cannot do its work, and with 2
 * if the command line is wrong.
 */
public final class Bench {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final List<Command> COMMANDS =
      List.of(new ChaosCommand(), new CompareCommand(), new JmhCommand());

  private Bench() {}

  /**
   * Runs a command and exits with its status.
   *
   * @param arguments the command's name and its options; {@code --help} tells which there are
   */
  @SuppressWarnings("CatchAndPrintStackTrace") // there is nobody else to tell
  public static void main(String[] arguments) {
    int status = FAILED; // also if threads are left behind
    try {
      status = run(List.of(arguments), System.out, System.err);
    } catch (Exception e) {
      e.printStackTrace();
    }
    System.exit(status);
  }

  /** Runs a command and returns its exit status. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
    if (arguments.contains("--help")) {
      out.println(usage());
      return 0;
    }
    try {
      List<String> options = arguments.subList(Math.min(1, arguments.size()), arguments.size());
      return command(arguments).run(options, out, err);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(usage());
      return WRONG_USAGE;
    }
  }

  private static Command command(List<String> arguments) {
    String known = COMMANDS.stream().map(Command::name).collect(Collectors.joining(", "));
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("No command; there are: " + known);
    }
    String name = arguments.get(0);
    return COMMANDS.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("Unknown command: " + name + "; there are: " + known));
  }

  private static String usage() {
    return COMMANDS.stream()
        .map(Command::usage)
        .collect(
            Collectors.joining(
                System.lineSeparator(),
                "Usage: java -jar pool-bench.jar COMMAND [OPTION VALUE]..."
                    + System.lineSeparator(),
                ""));
  }
}
