package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.TaskSerializationException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Payloads in a row. */
class BlockTest {
  private final PayloadCodec codec = new PayloadCodec(BlockTest.class.getClassLoader(), null);

  @Test
  void entriesAreReadAsTheyWereWritten() throws WireException {
    List<@Nullable Object> values =
        Arrays.asList(
            1,
            "text",
            null,
            List.of(1),
            "grüße",
            "x".repeat(9000),
            new int[] {1, 2},
            Map.of(1, 2),
            2L);
    Block.Reader entries = new Block.Reader(block(values.toArray()));
    for (Object value : values) {
      entries.next();
      assertThat(entries.value(codec, "value")).isEqualTo(value);
      if (entries.kind() == Block.Kind.PLAIN_VALUE) {
        assertThat(entries.plainValue(codec, "value")).isEqualTo(value);
      }
    }
    assertThatThrownBy(entries::next).isInstanceOf(WireException.class);
  }

  /** Reading a plain value runs no user code, whatever the other side says. */
  @Test
  void whatIsOnlySaidToBePlainIsRefused() throws WireException {
    byte[] block = block(List.of(1));
    Block.Reader sound = new Block.Reader(block);
    sound.next();
    assertThat(sound.kind()).isEqualTo(Block.Kind.VALUE);
    block[0] = plainKind();
    Block.Reader entries = new Block.Reader(block);
    entries.next();
    assertThat(entries.kind()).isEqualTo(Block.Kind.PLAIN_VALUE);
    assertThatThrownBy(() -> entries.plainValue(codec, "result"))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("result")
        .hasMessageContaining("not as plain as was said");
  }

  @Test
  void aPlainValueThatEndsTooEarlyIsRefused() throws WireException {
    byte[] block = block("text", "more");
    block[4]--; // the length of the first entry
    Block.Reader entries = new Block.Reader(block);
    entries.next();
    assertThatThrownBy(() -> entries.plainValue(codec, "result"))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("result");
  }

  private byte plainKind() {
    return block(1)[0];
  }

  private byte[] block(@Nullable Object... values) {
    Block.Writer block = new Block.Writer();
    for (Object value : values) {
      block.addValue(value, codec, "value");
    }
    return block.take();
  }
}
