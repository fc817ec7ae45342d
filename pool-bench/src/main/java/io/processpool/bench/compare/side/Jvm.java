package io.processpool.bench.compare.side;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of JVMs like this one. */
public final class Jvm {

  private Jvm() {}

  /** The program that runs this JVM. */
  private static String launcher() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Another main class on this JVM's class path. */
  public static List<String> command(List<String> flags, String main) {
    return command(flags, main, List.of());
  }

  static List<String> command(List<String> flags, String main, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(launcher()));
    words.addAll(flags);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    words.addAll(arguments);
    return words;
  }
}
