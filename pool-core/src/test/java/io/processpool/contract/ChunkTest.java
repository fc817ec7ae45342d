package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Args;
import io.processpool.Pool;
import io.processpool.ResultIterator;
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
  @CsvSource({"1, 1, 1", "1, 8, 2", "1, 9, 3", "2, 8, 1", "2, 9, 2", "3, 100, 9", "3, 5, 1"})
  void aMapHasAboutFourChunksForEachWorker(int workers, int items, int expected) throws Exception {
    try (Pool pool = backend.builder().workers(workers).build()) {
      List<Integer> results = pool.map(i -> i, numbers(items));
      assertThat(results).hasSize(items);
    }
    assertThat(backend.chunkSizes()).allMatch(size -> size <= expected).contains(expected);
    assertThat(backend.chunkSizes()).hasSize((items + expected - 1) / expected);
  }

  @Test
  void aStarmapHasAboutFourChunksForEachWorker() throws Exception {
    try (Pool pool = backend.builder().workers(1).build()) {
      List<Integer> results =
          pool.starmap((a, b) -> a + b, numbers(8).stream().map(i -> Args.of(i, i)).toList());
      assertThat(results).containsExactly(0, 2, 4, 6, 8, 10, 12, 14);
    }
    assertThat(backend.chunkSizes()).containsExactly(2, 2, 2, 2);
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
