package io.processpool.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as JSON is JSON. */
class JsonWriterTest {
  private final StringWriter out = new StringWriter();
  private final JsonWriter json = new JsonWriter(out);

  @Test
  void objectsAndArraysNest() throws IOException {
    json.beginObject().name("a").value(1).name("b").beginArray().value("x").beginArray();
    json.endArray().line().beginObject().endObject().endArray().name("c").value("y").endObject();
    assertThat(out).hasToString("{\"a\":1,\"b\":[\"x\",[],\n{}],\"c\":\"y\"}");
    assertThat(Json.read(out.toString())).asInstanceOf(map(String.class, Object.class)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "\"\\/\b\f\n\r\t",
        "\u0000\u001f\u007f\u0085\u2028\u2029",
        "</script><!-- &amp; ]]>",
        "müßig ☃ \uD83D\uDE00"
      })
  void textComesBackAsItWas(String text) throws IOException {
    json.value(text);
    assertThat(Json.read(out.toString())).isEqualTo(text);
  }

  @Test
  void noTextEndsAScript() throws IOException {
    json.value("</script><!--");
    assertThat(out.toString()).doesNotContain("<", ">");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\uD83D", "\uDE00a", "\uDE00\uD83D"})
  void halfACharacterIsReplaced(String text) throws IOException {
    json.value(text);
    String expected = text.replaceAll("[\uD800-\uDFFF]", "\uFFFD");
    assertThat(Json.read(out.toString())).isEqualTo(expected);
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(out.toString())).isTrue();
  }

  @Test
  void namesAreEscapedToo() throws IOException {
    json.beginObject().name("a\"\n").value(1).endObject();
    assertThat(Json.read(out.toString()))
        .asInstanceOf(map(String.class, Object.class))
        .containsExactly(entry("a\"\n", 1.0));
  }

  @Test
  void microsecondsAreExact() throws IOException {
    json.beginArray().micros(0).micros(1).micros(1_234_567).micros(-2_005).endArray();
    assertThat(out).hasToString("[0.000,0.001,1234.567,-2.005]");
    assertThat(Json.read(out.toString())).isEqualTo(List.of(0.0, 0.001, 1234.567, -2.005));
  }
}
