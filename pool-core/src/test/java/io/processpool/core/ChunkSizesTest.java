package io.processpool.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many items of a map travel together. */
class ChunkSizesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 1000, 8 * ChunkSizes.MOST_GUIDED})
  void guidedChunksBecomeSmallerUntilNoneIsLeft(int items) {
    List<Integer> sizes = sizes(ChunkSizes.guided(2, 4), items);
    assertThat(sizes).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(sizes).first().isEqualTo((int) ((items + 7L) / 8));
    assertThat(sizes).last().isEqualTo(1);
    assertThat(sizes).hasSizeLessThan(200);
  }

  @Test
  void guidedChunksOfVeryManyItemsAreOfOneSizeFirst() {
    List<Integer> sizes = sizes(ChunkSizes.guided(2, 4), Integer.MAX_VALUE);
    assertThat(sizes).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(sizes).first().isEqualTo(ChunkSizes.MOST_GUIDED);
    assertThat(sizes).last().isEqualTo(1);
  }

  @Test
  void guidedChunksAreSmallFromTheBeginningForManyWorkers() {
    assertThat(sizes(ChunkSizes.guided(Integer.MAX_VALUE, 4), 3)).containsExactly(1, 1, 1);
  }

  @Test
  void allChunksAreOfAGivenSizeButTheLast() {
    assertThat(sizes(ChunkSizes.of(3), 7)).containsExactly(3, 3, 1);
    assertThat(sizes(ChunkSizes.of(Integer.MAX_VALUE), 7)).containsExactly(7);
  }

  private static List<Integer> sizes(ChunkSizes chunks, int items) {
    List<Integer> sizes = new ArrayList<>();
    for (int left = items; left > 0; left -= sizes.get(sizes.size() - 1)) {
      sizes.add(chunks.next(left));
    }
    return sizes;
  }
}
