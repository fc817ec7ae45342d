package io.processpool.core.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * A table in a page, whose headings a script can make sort it.
 *
 * @param table the table
 */
record HtmlTable(Table table) {

  void writeTo(Writer out) throws IOException {
    if (table.rows().isEmpty()) {
      return;
    }
    String id = table.title().toLowerCase(Locale.ROOT).replace(' ', '-');
    out.write("<section class=\"table\" aria-labelledby=\"" + id + "\">\n");
    out.write("<h2 id=\"" + id + "\">" + table.title());
    out.write(" <span class=\"count\">" + Plain.count(table.size()) + "</span></h2>\n");
    out.write("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"" + id);
    out.write("\">\n<table>\n<thead><tr>");
    for (int column = 0; column < table.headings().size(); column++) {
      out.write("<th scope=\"col\"" + kind(column) + ">" + table.headings().get(column) + "</th>");
    }
    out.write("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : table.rows()) {
      write(row, out);
    }
    out.write("</tbody>\n</table>\n</div>\n");
    if (table.leftOut() > 0) {
      out.write("<p class=\"note\">" + Plain.count(table.leftOut()) + " more are not shown.</p>\n");
    }
    out.write("</section>\n");
  }

  private void write(List<Cell> row, Writer out) throws IOException {
    out.write("<tr>");
    for (int column = 0; column < row.size(); column++) {
      Cell cell = row.get(column);
      String text = Html.escaped(cell.text());
      out.write("<td" + kind(column));
      if (cell.order().isPresent()) {
        out.write(" data-order=\"" + cell.order().get() + "\"");
      } else {
        out.write(" title=\"" + text + "\"");
      }
      out.write(">" + text + "</td>");
    }
    out.write("</tr>\n");
  }

  private String kind(int column) {
    return table.isOfFigures(column) ? " class=\"figure\"" : "";
  }
}
