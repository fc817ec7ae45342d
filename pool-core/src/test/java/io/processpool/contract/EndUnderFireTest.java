package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolException;
import io.processpool.ResultIterator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way to end a pool, from every kind of thread, twice and at the same time, while its workers
 * start or die: it ends, and every handle completes.
 */
@EveryBackend
class EndUnderFireTest {
  private final PoolKind kind;

  EndUnderFireTest(PoolKind kind) {
    this.kind = kind;
  }

  /** Who ends the pool. */
  enum Who {
    THREADS {
      @Override
      void end(Pool pool) throws Exception {
        for (Way way : Way.values()) {
          Background.start(() -> way.end(pool));
          Background.start(() -> way.end(pool));
        }
      }
    },
    CALLBACK {
      @Override
      void end(Pool pool) throws Exception {
        CountDownLatch ended = new CountDownLatch(Way.values().length);
        Map<Way, AsyncResult<Integer>> results = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
          results.put(way, pool.applyAsync(() -> 1));
        }
        for (Way way : Way.values()) { // only now, for the first callback shuts the pool down
          AsyncResult<Integer> unused =
              results
                  .get(way)
                  .onSuccess(value -> way.endAndCountDown(pool, ended))
                  .onFailure(failure -> way.endAndCountDown(pool, ended));
        }
        pool.shutdown();
      }
    },
    CONSUMER {
      @Override
      void end(Pool pool) throws Exception {
        try (ResultIterator<Integer> results = pool.imap(i -> i, new EndlessInput())) {
          for (int i = 0; i < 5; i++) {
            assertThat(results.next()).isEqualTo(i);
          }
          pool.shutdown();
          pool.terminate();
          pool.terminate();
        } catch (PoolException | CancellationException e) {
          pool.terminate();
        }
      }
    };

    abstract void end(Pool pool) throws Exception;
  }

  /** How the pool is ended. */
  enum Way {
    SHUTDOWN(false) {
      @Override
      Object end(Pool pool) {
        pool.shutdown();
        return pool;
      }
    },
    JOIN(false) {
      @Override
      Object end(Pool pool) throws Exception {
        pool.shutdown();
        return pool.join(Results.BOUND);
      }
    },
    CLOSE(false) {
      @Override
      Object end(Pool pool) {
        pool.close();
        return pool;
      }
    },
    TERMINATE(true) {
      @Override
      Object end(Pool pool) {
        pool.terminate();
        return pool;
      }
    };

    private final boolean stops;

    Way(boolean stops) {
      this.stops = stops;
    }

    abstract Object end(Pool pool) throws Exception;

    void endAndCountDown(Pool pool, CountDownLatch ended) {
      pool.shutdown();
      if (stops) {
        pool.terminate();
      }
      ended.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileWorkersStart(Who who) throws Exception {
    Pool pool =
        kind.builder().workers(3).initializer(() -> TimeUnit.MILLISECONDS.sleep(300)).build();
    endAndCheck(pool, who, load(pool, false));
  }

  @ParameterizedTest
  @EnumSource
  void whileWorkersDie(Who who) throws Exception {
    Pool pool = kind.builder().workers(3).build();
    endAndCheck(pool, who, load(pool, kind == PoolKind.PROCESS));
  }

  private static List<AsyncResult<?>> load(Pool pool, boolean deadly) {
    List<AsyncResult<?>> results = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      results.add(pool.applyAsync(x -> run(x, deadly), i));
    }
    results.add(pool.mapAsync(x -> run(x, deadly), IntStream.range(0, 40).boxed().toList(), 3));
    results.add(pool.mapAsync(x -> run(x, false), List.of(1, 2, 3)));
    return results;
  }

  private static int run(int i, boolean deadly) throws InterruptedException {
    if (deadly && i % 4 == 3) {
      Runtime.getRuntime().halt(1);
    }
    TimeUnit.MILLISECONDS.sleep(i % 3);
    return i;
  }

  private static void endAndCheck(Pool pool, Who who, List<AsyncResult<?>> results)
      throws Exception {
    Background<Object> ending =
        Background.start(
            () -> {
              who.end(pool);
              return who;
            });
    for (AsyncResult<?> result : results) {
      assertThat(result.await(Results.BOUND)).as("%s completes", result).isTrue();
    }
    assertThat(ending.result()).isEqualTo(who);
    pool.shutdown();
    assertThat(pool.join(Duration.ofSeconds(60))).as("the pool ends").isTrue();
    assertThat(pool.isShutdown()).isTrue();
  }
}
