package io.processpool.core.report;

/** Text as it may stand in a page, also within quotes: none of it is ever markup. */
final class Html {
  private static final int REPLACEMENT = 0xFFFD;

  private Html() {}

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '\n', '\r', '\t' -> escaped.append(' ');
      default -> escaped.appendCodePoint(isText(c) ? c : REPLACEMENT);
    }
  }

  private static boolean isText(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
  }
}
