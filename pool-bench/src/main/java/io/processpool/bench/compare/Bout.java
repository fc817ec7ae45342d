package io.processpool.bench.compare;

import java.util.List;

/**
 * Players that take turns, and what their figures tell.
 *
 * @param name what it is chosen by
 * @param rounds the number of rounds that count, at most; 0 for as many as asked for
 * @param plays who plays what
 * @param rows the rows of the table that come from it
 */
record Bout(String name, int rounds, List<Play> plays, List<Row> rows) {
  Bout(String name, List<Play> plays, List<Row> rows) {
    this(name, 0, plays, rows);
  }
}
