package io.processpool.bench.compare;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scores as a table in Markdown. Ratios are medians of the rounds, with the least and the most. */
record TableReport(Conditions conditions, List<Score> scores) {
  private static final String NONE = "–";

  void print(PrintStream out) {
    out.println(conditions);
    out.println();
    out.println("| metric | ours | peer | ours : peer | limit | ours : limit | must reach | met |");
    out.println("|---|---:|---:|---:|---:|---:|---|---|");
    scores.forEach(score -> out.println(line(score)));
  }

  private static String line(Score score) {
    Row row = score.row();
    return "| "
        + String.join(
            " | ",
            row.metric() + ", " + row.unit(),
            value(score.ours()),
            value(score.peer()),
            ratio(score.toPeer()),
            value(score.limit()),
            ratio(score.toLimit()),
            demands(row),
            demands(row).equals(NONE) ? NONE : score.met() ? "yes" : "**no**")
        + " |";
  }

  private static String demands(Row row) {
    String demands = "";
    if (row.demand() != null) {
      demands = row.demand().toString();
    }
    if (row.peer() != null && row.peer().bound() != null) {
      demands += (demands.isEmpty() ? "" : ", ") + row.peer().bound() + " × peer";
    }
    if (row.limit() != null && row.limit().bound() != null) {
      demands += (demands.isEmpty() ? "" : ", ") + row.limit().bound() + " × limit";
    }
    return demands.isEmpty() ? NONE : demands;
  }

  private static String value(@Nullable Spread spread) {
    return spread == null ? NONE : number(spread.median());
  }

  private static String ratio(@Nullable Spread spread) {
    return spread == null
        ? NONE
        : number(spread.median())
            + " ("
            + number(spread.least())
            + " to "
            + number(spread.most())
            + ")";
  }

  private static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
