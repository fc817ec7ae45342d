package io.processpool.core.output;

/**
 * A text of which, should it become too long, the beginning and the end are kept. Not safe for use
 * by several threads.
 */
final class BoundedText {
  private final int half;
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder tail = new StringBuilder();
  private long cut;

  /**
   * Creates an empty text.
   *
   * @param limit how many characters to keep
   */
  BoundedText(int limit) {
    this.half = limit / 2;
  }

  void append(String text) {
    int first = Math.min(text.length(), half - head.length());
    head.append(text, 0, first);
    tail.append(text, first, text.length());
    if (tail.length() > 2 * half) {
      int surplus = tail.length() - half;
      tail.delete(0, surplus);
      cut += surplus;
    }
  }

  @Override
  public String toString() {
    return head.toString() + ellipsis() + tail.substring(surplus());
  }

  /** How much of the tail is more than may be shown. */
  private int surplus() {
    return Math.max(0, tail.length() - half);
  }

  private String ellipsis() {
    long all = cut + surplus();
    return all == 0 ? "" : "\n[... " + all + " characters were cut here ...]\n";
  }
}
