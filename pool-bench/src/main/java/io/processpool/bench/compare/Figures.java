package io.processpool.bench.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a player has measured in one round: numbers with names. */
record Figures(Map<String, Double> byName) {

  /**
   * Reads what a player has answered: {@code name=number}, with spaces between.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Figures parse(String answer) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String word : answer.strip().split(" +", -1)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("No figures: " + answer);
      }
      figures.put(word.substring(0, equals), Double.valueOf(word.substring(equals + 1)));
    }
    return new Figures(figures);
  }

  double get(String name) {
    Double figure = byName.get(name);
    if (figure == null) {
      throw new IllegalArgumentException("No figure " + name + " among " + byName.keySet());
    }
    return figure;
  }
}
