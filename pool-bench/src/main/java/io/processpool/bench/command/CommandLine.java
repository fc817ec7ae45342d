package io.processpool.bench.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a command, each a name and a value. */
public final class CommandLine {
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Reads options.
   *
   * @param options names and values by turns
   * @param allowed the names there are
   * @throws IllegalArgumentException for a name that is unknown or given twice, or without a value
   */
  public CommandLine(List<String> options, List<String> allowed) {
    for (int i = 0; i < options.size(); i += 2) {
      String name = options.get(i);
      if (!allowed.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown option: " + name + "; allowed are " + String.join(", ", allowed));
      }
      if (i + 1 == options.size()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      if (values.put(name, options.get(i + 1)) != null) {
        throw new IllegalArgumentException(name + " is given twice");
      }
    }
  }

  /**
   * The value of an option as a whole number.
   *
   * @throws IllegalArgumentException if it is none, or not in the range
   */
  public long number(String name, long otherwise, long min, long max) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with what is allowed.
    }
    throw new IllegalArgumentException(
        name + " needs a whole number from " + min + " to " + max + ": " + value);
  }

  /** The value of an option as it is. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
