package io.processpool.core.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes JSON as it comes, so that it can stand in a page as well: no text in it ends a script. Not
 * safe for use by several threads.
 */
public final class JsonWriter {
  private static final int REPLACEMENT = 0xFFFD;

  private final Writer out;
  private boolean first = true;

  public JsonWriter(Writer out) {
    this.out = out;
  }

  public JsonWriter beginObject() throws IOException {
    return begin('{');
  }

  public JsonWriter endObject() throws IOException {
    return end('}');
  }

  public JsonWriter beginArray() throws IOException {
    return begin('[');
  }

  public JsonWriter endArray() throws IOException {
    return end(']');
  }

  /** Begins a member of an object, whose value comes next. */
  public JsonWriter name(String name) throws IOException {
    separate();
    quote(name);
    out.write(':');
    first = true;
    return this;
  }

  public JsonWriter value(String text) throws IOException {
    separate();
    quote(text);
    return this;
  }

  public JsonWriter value(long number) throws IOException {
    separate();
    out.write(Long.toString(number));
    return this;
  }

  /** A number as it is read back, which must be finite. */
  public JsonWriter value(double number) throws IOException {
    separate();
    out.write(Double.toString(number));
    return this;
  }

  public JsonWriter value(boolean truth) throws IOException {
    separate();
    out.write(Boolean.toString(truth));
    return this;
  }

  /** Nanoseconds as microseconds, exactly. */
  public JsonWriter micros(long nanos) throws IOException {
    separate();
    String sign = nanos < 0 ? "-" : "";
    long size = Math.abs(nanos);
    out.write(String.format(Locale.ROOT, "%s%d.%03d", sign, size / 1000, size % 1000));
    return this;
  }

  /** Goes on in a new line. */
  public JsonWriter line() throws IOException {
    separate();
    out.write('\n');
    first = true;
    return this;
  }

  private JsonWriter begin(char bracket) throws IOException {
    separate();
    out.write(bracket);
    first = true;
    return this;
  }

  private JsonWriter end(char bracket) throws IOException {
    out.write(bracket);
    first = false;
    return this;
  }

  private void separate() throws IOException {
    if (!first) {
      out.write(',');
    }
    first = false;
  }

  private void quote(String text) throws IOException {
    out.write('"');
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      write(text.codePointAt(i));
    }
    out.write('"');
  }

  private void write(int c) throws IOException {
    switch (c) {
      case '"' -> out.write("\\\"");
      case '\\' -> out.write("\\\\");
      case '\n' -> out.write("\\n");
      case '\r' -> out.write("\\r");
      case '\t' -> out.write("\\t");
      case '<', '>', '&', 0x7F, 0x2028, 0x2029 -> escape(c);
      default -> {
        if (c < ' ') {
          escape(c);
        } else if (Character.getType(c) == Character.SURROGATE) {
          escape(REPLACEMENT); // half a character is none, and many readers refuse it
        } else {
          out.write(Character.toString(c));
        }
      }
    }
  }

  private void escape(int c) throws IOException {
    out.write(String.format(Locale.ROOT, "\\u%04x", c));
  }
}
