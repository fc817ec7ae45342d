package io.processpool.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table as plain text: figures to the right, texts to the left. */
final class TextTable {
  private static final int WIDEST = 60;

  private TextTable() {}

  static String of(Table table) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.headings());
    table.rows().forEach(row -> lines.add(row.stream().map(cell -> shown(cell.text())).toList()));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder one = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        one.append("  ").append(padded(line.get(column), width(lines, column), table, column));
      }
      text.append(one.toString().stripTrailing()).append('\n');
    }
    Optional.of(table.leftOut())
        .filter(more -> more > 0)
        .ifPresent(more -> text.append("  ... and ").append(more).append(" more\n"));
    return text.toString();
  }

  private static String padded(String text, int width, Table table, int column) {
    String space = " ".repeat(width - text.length());
    return table.isOfFigures(column) ? space + text : text + space;
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static String shown(String text) {
    String line = Plain.line(text);
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 3) + "...";
  }
}
