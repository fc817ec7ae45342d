package io.processpool.core.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Numbers texts from 0, in the order in which they come. Not safe for use by several threads. */
final class Ordinals {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  int of(String text) {
    Integer known = numbers.putIfAbsent(text, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  Set<String> texts() {
    return numbers.keySet();
  }
}
