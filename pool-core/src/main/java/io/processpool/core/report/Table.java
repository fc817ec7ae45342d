package io.processpool.core.report;

import java.util.List;

/**
 * A table, however it will be shown.
 *
 * @param title what it is about
 * @param headings those of its columns
 * @param rows its rows, each with as many cells
 * @param leftOut how many rows are left out for their number
 */
record Table(String title, List<String> headings, List<List<Cell>> rows, int leftOut) {

  /** Whether a column is of figures. */
  boolean isOfFigures(int column) {
    return rows.stream().allMatch(row -> row.get(column).order().isPresent());
  }

  /** How many rows there are with those that are left out. */
  int size() {
    return rows.size() + leftOut;
  }
}
