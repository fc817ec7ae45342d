package io.processpool.core.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.wire.Block;
import io.processpool.wire.NumberRun;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.WireException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Items by their index, and in the order in which they came. */
class ItemStoreTest {
  private static final PayloadCodec CODEC =
      new PayloadCodec(ItemStoreTest.class.getClassLoader(), null);

  @Test
  void numbersAndOthersAreFoundByTheirIndex() throws WireException {
    ItemStore store = new ItemStore(8);
    assertThat(store.get(3)).isSameAs(ItemStore.NONE);
    store.put(3, null);
    assertThat(store.putNumbers(4, run(4L, 5L))).isTrue();
    assertThat(store.hasNone(0, 3)).isTrue();
    assertThat(store.hasNone(2, 2)).isFalse();
    assertThat(store.hasNone(5, 2)).isFalse();
    store.put(6, "six");
    assertThat(IntStream.range(0, 8).filter(store::has)).containsExactly(3, 4, 5, 6);
    assertThat(store.get(3)).isNull();
    assertThat(store.get(5)).isEqualTo(5L);
    assertThat(store.get(6)).isEqualTo("six");
    assertThat(store.get(7)).isSameAs(ItemStore.NONE);
  }

  @Test
  void numbersOfAnotherKindAreLeftToOthers() throws WireException {
    ItemStore store = new ItemStore(6);
    assertThat(store.putNumbers(0, run(1.5, -0.0))).isTrue();
    assertThat(store.putNumbers(2, run(1, 2))).isFalse();
    assertThat(store.has(2)).isFalse();
    assertThat(store.get(1)).isEqualTo(-0.0);
    store.put(3, 1.25);
    store.put(2, 4);
    assertThat(store.get(3)).isEqualTo(1.25);
    assertThat(store.get(2)).isEqualTo(4);
  }

  @Test
  void whatComesFirstByItselfIsKeptAsWhatFollows() throws WireException {
    for (Object first : List.of(1, 1L, 1.5)) {
      ItemStore store = new ItemStore(4);
      store.put(2, first);
      assertThat(store.putNumbers(0, run(first, first))).isTrue();
      assertThat(store.get(0)).isEqualTo(first);
      assertThat(store.get(2)).isEqualTo(first);
      assertThat(store.has(3)).isFalse();
    }
  }

  private static NumberRun run(Object... numbers) throws WireException {
    Block.Writer writer = new Block.Writer();
    writer.addItems(Arrays.asList(numbers), 0, numbers.length, CODEC, i -> "item");
    Block.Reader entries = new Block.Reader(writer.take());
    entries.next();
    return entries.passRun();
  }

  @Test
  void theOrderOfArrivalIsKept() {
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      Arrivals arrivals = new Arrivals();
      @Nullable Integer[] order = new @Nullable Integer[1000];
      int came = 0;
      while (came < 900) {
        int first =
            random.nextInt(3) == 0 || came == 0 ? random.nextInt(5000) : order[came - 1] + 1;
        int count = 1 + random.nextInt(20);
        arrivals.add(first, count);
        for (int i = 0; i < count; i++) {
          order[came++] = first + i;
        }
      }
      assertThat(arrivals.size()).isEqualTo(came);
      for (int i = 0; i < came; i++) {
        assertThat(arrivals.at(i)).isEqualTo(order[i]);
      }
    }
  }

  @Test
  void valuesAreAList() throws WireException {
    ItemStore store = new ItemStore(3);
    store.putNumbers(0, run(7, 8));
    store.put(2, 9);
    assertThat(new ValueList<Integer>(store)).isEqualTo(List.of(7, 8, 9)).hasSize(3);
  }
}
