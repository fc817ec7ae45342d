package io.processpool.connection;

/**
 * Looks whether a thread has some stack left. A {@link StackOverflowError} in the midst of a
 * message would lose a part of it, and one in the midst of a lock would never release it.
 */
final class Stack {
  /** More than anything in this package takes, also where its code is compiled. */
  private static final int DEPTH = 512;

  private Stack() {}

  /**
   * Ends with a {@link StackOverflowError} if there is too little left, before anything has
   * happened.
   */
  static void ensureRoom() {
    if (descend(DEPTH) != DEPTH) {
      throw new IllegalStateException("The way back has another length");
    }
  }

  private static int descend(int steps) {
    return steps == 0 ? 0 : 1 + descend(steps - 1);
  }
}
