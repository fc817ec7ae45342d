package io.processpool.wire;

/**
 * The name of one of many values, which is put together when it is asked for: hardly ever.
 *
 * @param kind what they are, such as {@code "item"}
 * @param number which one it is
 */
public record NumberedName(String kind, int number) {
  @Override
  public String toString() {
    return kind + " " + number;
  }
}
