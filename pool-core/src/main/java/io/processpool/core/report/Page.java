package io.processpool.core.report;

import io.processpool.PoolStats;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A report as a page.
 *
 * @param evidence what it tells of
 * @param forgotten how many tasks it cannot tell of
 * @param advice what could be done
 */
record Page(Evidence evidence, long forgotten, List<String> advice) {
  private static final int MOST_ROWS = 200;
  private static final int LONGEST = 25;

  void writeTo(Writer out) throws IOException {
    String script = Template.resource("report.js");
    String style = Template.resource("report.css");
    Tables tables = new Tables(evidence, MOST_ROWS);
    new Template(Template.resource("report.html"))
        .writeTo(
            out,
            Map.of(
                "style", to -> to.write(style),
                "script", to -> to.write(script),
                "hash", to -> to.write(hash(script)),
                "subtitle", to -> to.write(Html.escaped(subtitle())),
                "figures", this::writeFigures,
                "advice", this::writeAdvice,
                "stragglers", to -> new HtmlTable(tables.stragglers()).writeTo(to),
                "tables", to -> writeTables(tables, to),
                "data", to -> new PageData(evidence.timetable()).writeTo(new JsonWriter(to))));
  }

  private String subtitle() {
    PoolStats stats = evidence.stats();
    String told = Plain.nanos(evidence.timetable().now());
    String period =
        "Made " + stats.since().truncatedTo(ChronoUnit.SECONDS) + ", seen after " + told;
    return forgotten == 0
        ? period
        : period
            + "; details are of the "
            + Plain.count(evidence.tasks().size(), "task", "tasks")
            + " remembered, "
            + Plain.count(forgotten)
            + " more are forgotten";
  }

  private void writeFigures(Writer out) throws IOException {
    for (KeyFigure figure : KeyFigure.of(evidence)) {
      out.write("<div" + (figure.isBad() ? " class=\"bad\"" : "") + "><dt>" + figure.name());
      out.write(
          "</dt><dd>" + figure.value() + " <small>" + figure.more() + "</small></dd></div>\n");
    }
  }

  private void writeAdvice(Writer out) throws IOException {
    if (advice.isEmpty()) {
      out.write("<p class=\"note\">Nothing stands out.</p>\n");
      return;
    }
    out.write("<ul>\n");
    for (String sentence : advice) {
      int topic = sentence.indexOf(": ") + 1;
      String first = Html.escaped(sentence.substring(0, topic));
      String rest = Html.escaped(sentence.substring(topic));
      out.write("<li><strong>" + first + "</strong>" + rest + "</li>\n");
    }
    out.write("</ul>\n");
  }

  private void writeTables(Tables tables, Writer out) throws IOException {
    new HtmlTable(tables.failures()).writeTo(out);
    new HtmlTable(tables.longest(Took.longest(evidence.tasks(), LONGEST))).writeTo(out);
    new HtmlTable(tables.workers()).writeTo(out);
  }

  /** By which a browser knows the one script that may run. */
  private static String hash(String script) {
    try {
      byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
