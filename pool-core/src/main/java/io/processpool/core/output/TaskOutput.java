package io.processpool.core.output;

import io.processpool.StandardStream;
import io.processpool.spi.PrintedLine;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What the tasks of one handle have printed, as far as it is kept. Safe for use by several threads.
 */
public final class TaskOutput {
  private final int limit;
  private final Map<Integer, Map<StandardStream, BoundedText>> texts = new HashMap<>();

  /**
   * Creates an empty output.
   *
   * @param limit how many characters to keep of each task and stream
   */
  public TaskOutput(int limit) {
    this.limit = limit;
  }

  /**
   * Adds a line.
   *
   * @param index the index of the task within its handle
   * @param line the line
   */
  public synchronized void add(int index, PrintedLine line) {
    BoundedText text =
        texts
            .computeIfAbsent(index, i -> new EnumMap<>(StandardStream.class))
            .computeIfAbsent(line.stream(), s -> new BoundedText(limit));
    text.append(line.text());
    if (line.finished()) {
      text.append("\n");
    }
  }

  /**
   * What all tasks have printed, one after the other.
   *
   * @param size how many tasks there are
   * @param stream where to
   * @return the text, possibly empty
   */
  public String all(int size, StandardStream stream) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < size && !isEmpty(); i++) {
      all.append(text(i, stream));
    }
    return all.toString();
  }

  private synchronized boolean isEmpty() {
    return texts.isEmpty();
  }

  /**
   * What a task has printed.
   *
   * @param index the index of the task within its handle
   * @param stream where to
   * @return the text, possibly empty
   */
  public synchronized String text(int index, StandardStream stream) {
    BoundedText text = texts.getOrDefault(index, Map.of()).get(stream);
    return text == null ? "" : text.toString();
  }
}
