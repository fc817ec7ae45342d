package io.processpool.core.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON, and nothing that is not: maps, lists, strings, doubles, booleans and null. */
final class Json {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static @Nullable Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.space();
    json.require(json.at == text.length());
    return value;
  }

  private @Nullable Object value() {
    space();
    require(at < text.length());
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    expect('{');
    space();
    while (text.charAt(at) != '}') {
      if (!members.isEmpty()) {
        expect(',');
      }
      space();
      String name = string();
      space();
      expect(':');
      require(!members.containsKey(name));
      members.put(name, value());
      space();
    }
    expect('}');
    return members;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> elements = new ArrayList<>();
    expect('[');
    space();
    while (text.charAt(at) != ']') {
      if (!elements.isEmpty()) {
        expect(',');
      }
      elements.add(value());
      space();
    }
    expect(']');
    return elements;
  }

  private String string() {
    StringBuilder read = new StringBuilder();
    expect('"');
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      require(c >= ' ');
      read.append(c == '\\' ? escaped() : c);
    }
    expect('"');
    return read.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    int known = "\"\\/bfnrt".indexOf(c);
    require(known >= 0);
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private Double number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    require(number.lookingAt());
    at = number.end();
    return Double.valueOf(number.group());
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    require(text.startsWith(word, at));
    at += word.length();
    return value;
  }

  private void space() {
    while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char c) {
    require(text.charAt(at) == c);
    at++;
  }

  private void require(boolean right) {
    if (!right) {
      String here = text.substring(Math.max(0, at - 40), Math.min(text.length(), at + 40));
      throw new IllegalArgumentException("No JSON at " + at + ": " + here);
    }
  }
}
