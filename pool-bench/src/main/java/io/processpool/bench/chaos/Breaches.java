package io.processpool.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/** The promises found broken. Safe for use by several threads. */
final class Breaches {
  /** Of thousands of the same kind the first ones tell enough. */
  private static final int MOST_TOLD = 100;

  private final List<String> told = new ArrayList<>();
  private int count;

  synchronized void add(String breach) {
    if (++count <= MOST_TOLD) {
      told.add(breach);
    }
  }

  synchronized int count() {
    return count;
  }

  /** A line for each, and one for those that are too many. */
  synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    told.forEach(breach -> lines.add("BROKEN: " + breach));
    if (count > MOST_TOLD) {
      lines.add("BROKEN: " + (count - MOST_TOLD) + " more");
    }
    return lines;
  }
}
