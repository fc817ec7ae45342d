package io.processpool.core.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with places to fill in: {@code {{name}}}.
 *
 * @param text the page
 */
record Template(String text) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  /** A text that comes with this package. */
  static String resource(String name) throws IOException {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("The resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  void writeTo(Writer out, Map<String, WholeFile.Content> places) throws IOException {
    Matcher place = PLACE.matcher(text);
    int end = 0;
    while (place.find()) {
      out.write(text, end, place.start() - end);
      WholeFile.Content content = places.get(place.group(1));
      if (content == null) {
        throw new IllegalStateException("Nothing to fill in for " + place.group());
      }
      content.writeTo(out);
      end = place.end();
    }
    out.write(text, end, text.length() - end);
  }
}
