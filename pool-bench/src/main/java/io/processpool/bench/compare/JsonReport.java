package io.processpool.bench.compare;

import io.processpool.core.report.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores as JSON: what the table has, with the spread of every figure. */
record JsonReport(Conditions conditions, List<Score> scores) {

  void write(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      JsonWriter json = new JsonWriter(out).beginObject();
      json.name("java").value(conditions.java());
      if (conditions.python() != null) {
        json.name("python").value(conditions.python());
      }
      json.name("processors").value(conditions.processors());
      json.name("rounds").value(conditions.rounds());
      json.name("metrics").beginArray();
      for (Score score : scores) {
        json.line();
        write(json, score);
      }
      json.endArray().endObject();
      out.write('\n');
    }
  }

  private static void write(JsonWriter json, Score score) throws IOException {
    Row row = score.row();
    json.beginObject();
    json.name("metric").value(row.metric());
    json.name("unit").value(row.unit());
    spread(json, "ours", score.ours(), row.demand());
    spread(json, "peer", score.peer(), null);
    spread(json, "toPeer", score.toPeer(), row.peer() == null ? null : row.peer().bound());
    spread(json, "limit", score.limit(), null);
    spread(json, "toLimit", score.toLimit(), row.limit() == null ? null : row.limit().bound());
    json.name("met").value(score.met());
    json.endObject();
  }

  private static void spread(
      JsonWriter json, String name, @Nullable Spread spread, @Nullable Bound bound)
      throws IOException {
    if (spread == null) {
      return;
    }
    json.name(name).beginObject();
    json.name("median").value(spread.median());
    json.name("least").value(spread.least());
    json.name("most").value(spread.most());
    if (bound != null) {
      json.name(bound.atLeast() ? "atLeast" : "atMost").value(bound.limit());
    }
    json.endObject();
  }
}
