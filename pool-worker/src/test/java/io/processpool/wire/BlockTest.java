package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.TaskSerializationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
  void numbersOfOneKindAreOneEntry() throws WireException {
    List<@Nullable Object> items =
        Arrays.asList(1, 2, 3, "text", 4, null, 5L, 6L, 1.0, Double.NaN, -0.0, 7, 8, 1.5f, 9);
    Block.Writer writer = new Block.Writer();
    int added = writer.addItems(items, 0, items.size(), codec, i -> "item");
    assertThat(added).isEqualTo(items.size());
    assertThat(writer.count()).isEqualTo(items.size());
    byte[] block = writer.take();
    assertThat(block.length).isLessThan(items.size() * 10);
    assertThat(Block.end(block, items.size())).isEqualTo(block.length);
    assertItems(block, items);
    Block.Reader entries = new Block.Reader(block);
    entries.next();
    assertThat(entries.runLength()).isEqualTo(3);
    NumberRun run = entries.passRun();
    assertThat(run.count()).isEqualTo(3);
    assertThat(run.get(2)).isEqualTo(3);
    entries.next();
    assertThat(entries.runLength()).isZero();
    assertThat(entries.value(codec, "value")).isEqualTo("text");
    entries.next();
    assertThat(entries.runLength()).isZero(); // one alone is no run
    assertThat(entries.value(codec, "value")).isEqualTo(4);
  }

  private void assertItems(byte[] block, List<@Nullable Object> items) throws WireException {
    Block.Reader entries = new Block.Reader(block);
    for (Object item : items) {
      entries.next();
      assertThat(entries.value(codec, "value")).isEqualTo(item);
      if (entries.kind() == Block.Kind.PLAIN_VALUE) {
        assertThat(entries.plainValue(codec, "value")).isEqualTo(item);
      }
    }
    assertThatThrownBy(entries::next).isInstanceOf(WireException.class);
  }

  @Test
  void anItemThatCannotTravelLeavesThoseBeforeIt() throws WireException {
    Block.Writer writer = new Block.Writer();
    List<Object> items = List.of(1, 2, new Thread(), 3);
    assertThatThrownBy(() -> writer.addItems(items, 0, 4, codec, i -> "item " + i))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("item 2");
    assertItems(writer.take(), List.of(1, 2));
  }

  @Test
  void anyPartOfABlockHasItsItems() throws WireException {
    Random random = new Random(1);
    for (int round = 0; round < 30; round++) {
      List<@Nullable Object> items = new ArrayList<>();
      while (items.size() < 50) {
        Object value = List.of(7, 8L, 1.5, "text", List.of(1)).get(random.nextInt(5));
        items.addAll(Collections.nCopies(1 + random.nextInt(20), value));
      }
      Block.Writer writer = new Block.Writer();
      writer.addItems(items, 0, items.size(), codec, i -> "item");
      BlockParts parts = new BlockParts(writer.take());
      int from = 0;
      for (int i = 0; i < 20; i++) {
        from = random.nextInt(3) == 0 ? 0 : from + random.nextInt(items.size() - from);
        int to = from + 1 + random.nextInt(items.size() - from);
        byte[] part = parts.part(from, to);
        assertThat(Block.end(part, to - from)).isEqualTo(part.length);
        assertItems(part, items.subList(from, to));
      }
    }
  }

  /** Whatever the other side says, no more is read than there is. */
  @Test
  void aRunThatIsNotAsLongAsItSaysIsRefused() {
    Block.Writer writer = new Block.Writer();
    writer.addItems(List.of(1, 2, 3), 0, 3, codec, i -> "item");
    byte[] sound = writer.take();
    int countAt = 6;
    for (int count : new int[] {0, -1, 4, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      byte[] block = sound.clone();
      BigEndian.putInt(block, countAt, count);
      assertThat(Block.end(block, 3)).isNegative();
      assertThat(Block.end(block, count)).isLessThanOrEqualTo(0);
      assertThatThrownBy(new Block.Reader(block)::next).isInstanceOf(WireException.class);
    }
    for (int kind : new int[] {0, 1, 2, 100, -1}) {
      byte[] block = sound.clone();
      block[5] = (byte) kind;
      assertThat(Block.end(block, 3)).isNegative();
      assertThatThrownBy(new Block.Reader(block)::next).isInstanceOf(WireException.class);
    }
    assertThat(Block.end(sound, 2)).isNegative();
    assertThat(Block.end(sound, 4)).isNegative();
  }

  @Test
  void limitsHoldForRunsToo() throws WireException {
    PayloadCodec limited =
        PayloadCodec.filtered(BlockTest.class.getClassLoader(), null, "maxbytes=3");
    Block.Writer writer = new Block.Writer();
    writer.addItems(List.of(1, 2, 3), 0, 3, codec, i -> "item");
    Block.Reader entries = new Block.Reader(writer.take());
    entries.next();
    assertThatThrownBy(() -> entries.plainValue(limited, "result"))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("maxbytes=3");
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
    Block.Writer outcomes = new Block.Writer();
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
    }
  }

  @Test
  void aLargeArrayIsSentFromWhereItIsAsItWouldBeFromABlock() throws IOException {
    byte[] rest = {1, 2, 3};
    for (Object array : largeArrays()) {
      Block.Writer outcomes = new Block.Writer();
      outcomes.addValue(array, codec, "value");
      outcomes.addFigures(figures(null, outcomes.lastLength()), null);
      byte[] block = outcomes.take();

      addLarge(outcomes, array);
      assertThat(outcomes.length()).isEqualTo(block.length);
      assertThatThrownBy(outcomes::take).isInstanceOf(IllegalStateException.class);
      Frame frame = outcomes.takeFrame(FrameType.OUTCOMES, 7, 8, rest);
      assertThat(frame.payload().length + frame.rest().length).isLessThan(300);
      Frame read = new FrameReader(new ByteArrayInputStream(Frames.written(frame, frame))).read();
      byte[] whole = Arrays.copyOf(block, block.length + rest.length);
      System.arraycopy(rest, 0, whole, block.length, rest.length);
      assertThat(read.payload()).isEqualTo(whole);
      assertThat(read.count()).isEqualTo(1);

      outcomes.addValue("text", codec, "value");
      assertThat(outcomes.take()).isEqualTo(block("text"));
    }
  }

  private void addLarge(Block.Writer outcomes, Object array) {
    outcomes.addResult(array, codec, "value");
    outcomes.addFigures(figures(null, outcomes.lastLength()), null);
  }

  /** One of each kind, with a length of no round number, and some that just fill slices. */
  private static List<Object> largeArrays() {
    List<Object> arrays = new ArrayList<>();
    for (Class<?> component :
        new Class<?>[] {
          boolean.class, byte.class, short.class, char.class,
          int.class, long.class, float.class, double.class
        }) {
      arrays.add(filled(Array.newInstance(component, 100_003)));
    }
    for (int length : new int[] {65_536, 65_537, 5_000_000}) {
      arrays.add(filled(new byte[length]));
    }
    return arrays;
  }

  private static Object filled(Object array) {
    for (int i = 0; i < Array.getLength(array); i++) {
      if (array instanceof boolean[] flags) {
        flags[i] = i % 3 == 0;
      } else if (array instanceof char[] characters) {
        characters[i] = (char) (31 * i);
      } else {
        Array.setByte(array, i, (byte) (37 * i)); // which fits all numbers
      }
    }
    return array;
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
