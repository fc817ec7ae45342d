package io.processpool.core.report;

import io.processpool.PoolStats;
import java.time.Duration;
import java.util.List;

/**
 * A report as plain text.
 *
 * @param evidence what it tells of
 * @param forgotten how many tasks it cannot tell of
 * @param advice what could be done
 */
record TextReport(Evidence evidence, long forgotten, List<String> advice) {
  private static final int MOST_ROWS = 20;
  private static final int LONGEST = 5;

  @Override
  public String toString() {
    PoolStats stats = evidence.stats();
    StringBuilder text = new StringBuilder();
    text.append("Pool of ")
        .append(Plain.time(Duration.ofNanos(evidence.timetable().now())))
        .append(": ")
        .append(stats)
        .append('\n');
    if (forgotten > 0) {
      text.append("Of the finished tasks, ")
          .append(Plain.count(forgotten))
          .append(" are forgotten: what follows of tasks is about the other ")
          .append(Plain.count(evidence.tasks().size()))
          .append(".\n");
    }
    Tables tables = new Tables(evidence, MOST_ROWS);
    append(text, tables.workers());
    append(text, tables.longest(Took.longest(evidence.tasks(), LONGEST)));
    append(text, tables.stragglers());
    append(text, tables.failures());
    if (!advice.isEmpty()) {
      text.append("\nAdvice\n");
      advice.forEach(sentence -> text.append("  - ").append(sentence).append('\n'));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Table table) {
    if (!table.rows().isEmpty()) {
      text.append('\n').append(table.title()).append('\n').append(TextTable.of(table));
    }
  }
}
