package io.processpool.bench.compare;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a player has measured in one round: numbers with names. */
record Figures(Map<String, Double> byName) {
  private static final Pattern FIGURE = Pattern.compile("(\\w+)=(-?[\\d.]+(?:[eE]-?\\d+)?)");

  /**
   * Reads what a player has answered: {@code name=number}, with spaces between.
   *
   * @param answer the line; {@code null} if there was none
   * @throws IOException if it is something else
   */
  static Figures parse(@Nullable String answer) throws IOException {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String word : String.valueOf(answer).strip().split("\\s+", -1)) {
      Matcher figure = FIGURE.matcher(word);
      if (!figure.matches()) {
        throw new IOException("No figures: " + answer);
      }
      figures.put(figure.group(1), Double.valueOf(figure.group(2)));
    }
    return new Figures(figures);
  }

  double get(String name) {
    Double figure = byName.get(name);
    if (figure == null) {
      throw new IllegalStateException("No figure " + name + " among " + byName.keySet());
    }
    return figure;
  }
}
