package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools that tasks create in their workers. */
@EveryBackend
class NestedPoolTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  NestedPoolTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @ParameterizedTest
  @EnumSource
  void aTaskMayUseAPoolOfItsOwn(PoolKind inner) throws Exception {
    List<Integer> squares = pool.apply(NestedPoolTest::squares, inner);
    assertThat(squares).containsExactly(0, 1, 4, 9);
  }

  @Test
  void theWorkersOfANestedPoolEndWithTheOuterPool() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal pids = Journal.in(directory, "pids");
    Pool outer = kind.pool(1);
    AsyncResult<Object> result = outer.applyAsync(() -> holdNestedWorker(gate, pids));
    gate.awaitArrival();
    outer.terminate();
    assertThat(outer.join(Results.BOUND)).isTrue();
    assertThat(result.ready()).isTrue();
    Processes.awaitGone(pids.lines().stream().map(Long::valueOf).toList());
  }

  @Test
  void nestingWithoutEndIsRefused() throws Exception {
    String refusal = pool.apply(NestedPoolTest::nest, kind, 0);
    assertThat(refusal).startsWith("refused at depth ").contains("nested");
  }

  private static List<Integer> squares(PoolKind kind) throws Exception {
    try (Pool pool = kind.pool(1)) {
      return pool.map(i -> i * i, List.of(0, 1, 2, 3));
    }
  }

  private static Object holdNestedWorker(Gate gate, Journal pids) throws Exception {
    try (Pool pool = Pool.create(1)) {
      pids.write(pool.apply(Processes::self));
      return gate.pass("never");
    }
  }

  private static String nest(PoolKind kind, int depth) throws Exception {
    if (depth == 50) {
      return "never refused";
    }
    try (Pool pool = kind.pool(1)) {
      return pool.apply(NestedPoolTest::nest, kind, depth + 1);
    } catch (IllegalStateException e) {
      return "refused at depth " + depth + ": " + e.getMessage();
    }
  }
}
