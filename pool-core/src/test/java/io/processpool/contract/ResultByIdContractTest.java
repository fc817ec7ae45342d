package io.processpool.contract;

import static io.processpool.contract.Results.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.TaskContext;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles are found by their ids: IPython's AsyncHubResult. */
@EveryBackend
class ResultByIdContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  ResultByIdContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void aHandleIsFoundBeforeAndAfterItsEnd() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> result = pool.applyAsync(g -> g.pass(1), gate);
    gate.awaitArrival();
    assertThat(pool.result(result.id())).containsSame(result);
    gate.open();
    Results.valueOf(result);
    assertThat(pool.result(result.id())).containsSame(result);
  }

  @Test
  void aMapAndItsItemsAreFound() throws Exception {
    AsyncMapResult<Integer> map = pool.mapAsync(x -> x * x, List.of(1, 2, 3));
    assertThat(pool.result(map.id())).containsSame(map);
    AsyncResult<?> third = pool.result(map.id() + ".2").orElseThrow();
    assertThat(third.get(BOUND)).isEqualTo(9);
    assertThat(third.id()).isEqualTo(map.id() + ".2");
    assertThat(Results.valueOf(map)).containsExactly(1, 4, 9);
    AsyncResult<?> first = pool.result(map.id() + ".0").orElseThrow();
    assertThat(first.get(BOUND)).isEqualTo(1);
    assertThat(map.split().get(0)).isSameAs(first);
    assertThat(map.split().get(1).get(BOUND)).isEqualTo(4);
    assertThat(map.split().get(2)).isSameAs(third);
    assertThat(pool.result(map.id() + ".1")).containsSame(map.split().get(1));
    assertThat(pool.result(map.id() + ".3")).isEmpty();
  }

  @Test
  void aTaskFindsItsHandleByTheIdThatItKnows() throws Exception {
    AsyncResult<String> result = pool.applyAsync(() -> TaskContext.current().taskId());
    String id = Results.valueOf(result);
    assertThat(pool.result(id)).containsSame(result);
  }

  @Test
  void whatThereNeverWasIsNotFound() {
    assertThat(pool.result("1000000000")).isEmpty();
    AsyncResult<Integer> single = pool.applyAsync(() -> 1);
    assertThat(pool.result(single.id() + ".0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "1.", ".1", "1.2.3", "-1", "0", "1.-1", "+1", "01", "1.x"})
  void whatIsNoIdIsRefused(String id) {
    assertThatThrownBy(() -> pool.result(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + id + "'");
  }

  @Test
  void asManyAsAreToBeKeptAreKept() throws Exception {
    try (Pool keeping = kind.builder().workers(1).keepResults(2).build()) {
      List<String> ids = new ArrayList<>();
      List<WeakReference<Object>> handles = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        AsyncResult<Integer> result = keeping.applyAsync(x -> x, i);
        Results.valueOf(result);
        ids.add(result.id());
        handles.add(new WeakReference<>(result));
      }
      await()
          .atMost(BOUND)
          .until(
              () -> {
                System.gc();
                return handles.subList(0, 3).stream().allMatch(handle -> handle.get() == null);
              });
      assertThat(keeping.result(ids.get(2))).isEmpty();
      assertThat(keeping.result(ids.get(3)).orElseThrow().get()).isEqualTo(3);
      assertThat(keeping.result(ids.get(4)).orElseThrow().get()).isEqualTo(4);
    }
  }
}
