package io.processpool.core.progress;

import java.io.Console;
import java.util.Optional;

/** Tells whether standard output is a terminal, and how wide. */
final class Terminal {
  private static final int USUAL_WIDTH = 80;

  private Terminal() {}

  static boolean isThere() {
    return Optional.ofNullable(System.console()).filter(Terminal::isTerminal).isPresent();
  }

  /** Before JDK 22 there is a console on a terminal only; since then it can be asked. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** As the shell tells it, which few do. */
  static int width() {
    try {
      return Integer.parseInt(System.getenv().getOrDefault("COLUMNS", ""));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }
}
