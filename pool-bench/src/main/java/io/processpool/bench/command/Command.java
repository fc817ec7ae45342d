package io.processpool.bench.command;

import java.io.PrintStream;
import java.util.List;

/** One thing that the bench can do. */
public interface Command {

  /** Its name on the command line. */
  String name();

  /** What it does and its options, each on a line of its own. */
  String usage();

  /**
   * Does it.
   *
   * @param options what follows the name on the command line
   * @param out for the report
   * @param err for how far it has come
   * @return the exit status
   * @throws IllegalArgumentException if an option is wrong; the message says which
   */
  int run(List<String> options, PrintStream out, PrintStream err) throws Exception;
}
