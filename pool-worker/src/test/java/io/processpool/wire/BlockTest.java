package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Output;
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

  /** There is a shorter way for them, which must lead to the same. */
  @Test
  void numbersAreWrittenAndReadAsByTheCodec() throws WireException {
    List<Number> numbers =
        List.of(
            0,
            -1,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            0x01020304,
            0L,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0x0102030405060708L,
            0.0,
            -0.0,
            Double.NaN,
            Double.MIN_VALUE,
            Double.NEGATIVE_INFINITY,
            1.5f,
            (short) -2,
            (byte) 3);
    Block.Writer writer = new Block.Writer();
    Output byCodec = new Output(64, -1);
    for (Number number : numbers) {
      int start = writer.length();
      writer.addValue(number, codec, "value");
      byCodec.reset();
      codec.encode(number, byCodec, "value");
      assertThat(writer.length() - start).isEqualTo(5 + byCodec.position());
      assertThat(writer.lastLength()).isEqualTo(byCodec.position());
    }
    Block.Reader entries = new Block.Reader(writer.take());
    for (Number number : numbers) {
      entries.next();
      assertThat(entries.plainValue(codec, "value")).isEqualTo(number);
      assertThat(entries.value(codec, "value")).isEqualTo(number);
    }
  }

  @Test
  void limitsHoldForNumbersToo() throws WireException {
    PayloadCodec limited =
        PayloadCodec.filtered(BlockTest.class.getClassLoader(), null, "maxbytes=3");
    Block.Reader entries = new Block.Reader(block(1));
    entries.next();
    assertThatThrownBy(() -> entries.plainValue(limited, "result"))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("maxbytes=3");
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

  @Test
  void outcomesOfEverySizeAreReadWithTheirFigures() throws WireException {
    List<Object> values =
        List.of(new byte[5_000_000], 1, new double[300_000], "text", new byte[2_000_000]);
    Block.Writer outcomes = Block.Writer.ofOutcomes();
    Output told = new Output(256, -1);
    Figures previous = null;
    for (Object value : values) {
      outcomes.addValue(value, codec, "value");
      Figures figures = figures(previous, outcomes.lastLength());
      outcomes.addFigures(figures, previous);
      previous = figures;
    }
    Block.Reader entries = Block.Reader.ofOutcomes(outcomes.take());
    for (Object value : values) {
      entries.next();
      assertThat(entries.value(codec, "value")).isEqualTo(value);
      entries.copyFigures(told);
    }
    Figures.Reader figures = new Figures.Reader(told.toBytes());
    previous = null;
    for (int i = 0; i < values.size(); i++) {
      Figures next = figures.next();
      assertThat(next).isEqualTo(figures(previous, next.resultBytes()));
      previous = next;
    }
  }

  private static Figures figures(@Nullable Figures previous, int resultBytes) {
    long start = previous == null ? Long.MAX_VALUE / 2 : previous.end();
    return new Figures(
        start, 7, 1, 2, 3, resultBytes, false, new Figures.Usage(1, 2, Long.MAX_VALUE, 4, 5));
  }

  @Test
  void aLargeArrayFillsItsBlockAndIsHandedOver() {
    for (Object array : new Object[] {new byte[5_000_000], new double[625_000]}) {
      Block.Writer items = new Block.Writer();
      items.addValue(array, codec, "value");
      int length = items.length();
      assertThat(items.room()).isZero();
      assertThat(items.take()).hasSize(length);

      Block.Writer outcomes = Block.Writer.ofOutcomes();
      outcomes.addValue(array, codec, "value");
      outcomes.addFigures(figures(null, outcomes.lastLength()), null);
      assertThat(outcomes.room()).isZero();
      assertThat(outcomes.take()).hasSize(length + Figures.LONGEST);
    }
  }

  @Test
  void aBlockThatWasHandedOverIsNotWrittenToAgain() {
    Block.Writer block = new Block.Writer();
    block.addValue(new byte[5_000_000], codec, "value");
    byte[] first = block.take();
    byte[] copy = first.clone();
    assertThat(block.count()).isZero();
    assertThat(block.length()).isZero();
    block.addValue("x".repeat(1000), codec, "value");
    assertThat(block.take()).isEqualTo(block("x".repeat(1000)));
    assertThat(first).isEqualTo(copy);
  }

  @Test
  void aWriterKeepsNoLargeBuffer() {
    Block.Writer block = new Block.Writer();
    block.addValue("x".repeat(5_000_000), codec, "value");
    block.take();
    assertThat(block.room()).isLessThan(1 << 20);
    block.addValue("x".repeat(5_000_000), codec, "value");
    block.clear();
    assertThat(block.room()).isLessThan(1 << 20);
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
