package io.processpool.core.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * All ways through a program that asks for choices: it is run again and again, each time with
 * another sequence of them, until there is none left.
 */
final class Choices {
  private final List<Integer> chosen = new ArrayList<>();
  private final List<Integer> offered = new ArrayList<>();
  private int position;

  /** Chooses one of so many. */
  int of(int count) {
    if (position == chosen.size()) {
      chosen.add(0);
      offered.add(count);
    } else if (offered.get(position) != count) {
      throw new AssertionError("The program does not do the same again at choice " + position);
    }
    return chosen.get(position++);
  }

  /** Turns to the next way. Returns whether there is one. */
  boolean next() {
    position = 0;
    while (!chosen.isEmpty()) {
      int last = chosen.size() - 1;
      int choice = chosen.get(last) + 1;
      if (choice < offered.get(last)) {
        chosen.set(last, choice);
        return true;
      }
      chosen.remove(last);
      offered.remove(last);
    }
    return false;
  }

  @Override
  public String toString() {
    return chosen.toString();
  }
}
