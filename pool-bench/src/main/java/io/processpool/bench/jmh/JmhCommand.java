package io.processpool.bench.jmh;

import io.processpool.bench.command.Command;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the benchmarks of this package. The options are JMH's own, and so is what it prints. */
public final class JmhCommand implements Command {

  @Override
  public String name() {
    return "jmh";
  }

  @Override
  public String usage() {
    return """
        jmh                  benchmarks of the hot paths, with JMH
          [OPTION]... [NAME]...  JMH's own options, told by -h, and which benchmarks to run\
      """;
  }

  @Override
  public int run(List<String> options, PrintStream out, PrintStream err) throws IOException {
    String[] arguments = options.toArray(String[]::new);
    check(arguments);
    Main.main(arguments); // exits by itself if it fails
    return 0;
  }

  private static void check(String[] arguments) {
    try {
      var unused = new CommandLineOptions(arguments);
    } catch (CommandLineOptionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
