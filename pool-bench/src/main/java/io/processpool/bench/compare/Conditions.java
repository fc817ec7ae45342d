package io.processpool.bench.compare;

import org.jspecify.annotations.Nullable;

/**
 * What figures depend on beside the programs.
 *
 * @param java this JVM's version
 * @param python Python's version; null if there is none
 * @param processors the number of processors
 * @param rounds how often each played
 */
record Conditions(String java, @Nullable String python, int processors, int rounds) {
  static Conditions here(int rounds, @Nullable String python) {
    return new Conditions(
        "Java " + Runtime.version(), python, Runtime.getRuntime().availableProcessors(), rounds);
  }

  @Override
  public String toString() {
    return "%s, %s, %d processors, up to %d rounds in turn"
        .formatted(java, python == null ? "no python3 found" : python, processors, rounds);
  }
}
