package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Args;
import io.processpool.AsyncMapResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many items travel together, as a backend sees it. */
@Timeout(120)
class ChunkTest {
  private final RecordingBackend backend = new RecordingBackend();

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "1, 8", "1, 9", "2, 100", "4, 1000"})
  void eachChunkOfAMapIsAFourthOfAWorkersShareOfWhatIsLeft(int workers, int items)
      throws Exception {
    try (Pool pool = backend.builder().workers(workers).build()) {
      List<Integer> results = pool.map(i -> i, numbers(items));
      assertThat(results).isEqualTo(numbers(items));
    }
    List<Integer> sizes = new ArrayList<>();
    for (int left = items; left > 0; left -= sizes.get(sizes.size() - 1)) {
      sizes.add((left + 4 * workers - 1) / (4 * workers));
    }
    assertThat(backend.chunkSizes()).containsExactlyInAnyOrderElementsOf(sizes);
  }

  @Test
  void theChunksOfVeryManyItemsAreBounded() throws Exception {
    int items = 4 * (1 << 16) + 1;
    try (Pool pool = backend.builder().workers(1).build()) {
      List<Integer> results = pool.map(i -> i, numbers(items));
      assertThat(results).isEqualTo(numbers(items));
    }
    assertThat(backend.chunkSizes()).allMatch(size -> size <= 1 << 16).contains(1 << 16, 1);
  }

  @Test
  void aListMayBeChangedAsSoonAsItIsSubmitted() throws Exception {
    try (Pool pool = backend.builder().workers(2).build()) {
      List<Integer> list = new ArrayList<>(numbers(10_000));
      AsyncMapResult<Integer> result = pool.mapAsync(i -> i, list);
      list.clear();
      assertThat(result.get()).isEqualTo(numbers(10_000));
    }
  }

  @Test
  void theChunksOfAStarmapBecomeSmallerToo() throws Exception {
    try (Pool pool = backend.builder().workers(1).build()) {
      List<Integer> results =
          pool.starmap((a, b) -> a + b, numbers(8).stream().map(i -> Args.of(i, i)).toList());
      assertThat(results).containsExactly(0, 2, 4, 6, 8, 10, 12, 14);
    }
    assertThat(backend.chunkSizes()).containsExactlyInAnyOrder(2, 2, 1, 1, 1, 1);
  }

  @Test
  void aChunkHasTheSizeThatWasAskedFor() throws Exception {
    try (Pool pool = backend.builder().workers(2).build()) {
      List<Integer> results = pool.map(i -> i, numbers(10), 4);
      assertThat(results).hasSize(10);
    }
    assertThat(backend.chunkSizes()).containsExactlyInAnyOrder(4, 4, 2);
  }

  @Test
  void theItemsOfAnImapTravelOneByOne() {
    try (Pool pool = backend.builder().workers(2).build()) {
      ResultIterator<Integer> results = pool.imap(i -> i, numbers(20));
      results.forEachRemaining(i -> {});
    }
    assertThat(backend.chunkSizes()).hasSize(20).containsOnly(1);
  }

  @Test
  void theItemsOfAnImapTravelTogetherIfAskedFor() {
    try (Pool pool = backend.builder().workers(2).build()) {
      ResultIterator<Integer> results = pool.imapUnordered(i -> i, numbers(20), 5);
      results.forEachRemaining(i -> {});
    }
    assertThat(backend.chunkSizes()).containsExactly(5, 5, 5, 5);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
