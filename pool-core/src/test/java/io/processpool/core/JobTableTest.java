package io.processpool.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.PoolException;
import io.processpool.WorkerLoss;
import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.Delivery;
import io.processpool.core.schedule.Job;
import io.processpool.spi.TaskId;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Jobs that come and go are found by their numbers as long as they are there. */
class JobTableTest {
  private static final int STEPS = 20_000;
  private static final long SEED = 42;

  private final JobTable table = new JobTable();
  private final Map<Long, Job> expected = new TreeMap<>();
  private final Random random = new Random(SEED);

  @Test
  void anEmptyTableHasNone() {
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.all()).isEmpty();
    assertThat(table.find(1)).isNull();
    assertThat(table.remove(new Numbered(1))).isFalse();
  }

  /** More come than go, and then the other way round, so that it grows and shrinks. */
  @Test
  void itHasThoseThatHaveComeAndNotGone() {
    for (int i = 1; i <= STEPS; i++) {
      int comers = i < STEPS / 2 ? 2 : 1;
      if (random.nextInt(3) < comers) {
        add(new Numbered(i));
      } else if (!expected.isEmpty()) {
        remove(anyExpected());
      }
      if (i % 100 == 0) {
        assertThat(table.all()).containsExactlyElementsOf(expected.values());
      }
    }
    while (!expected.isEmpty()) {
      remove(anyExpected());
    }
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.all()).isEmpty();
  }

  private void add(Job job) {
    table.add(job);
    expected.put(job.number(), job);
    assertThat(table.find(job.number())).isSameAs(job);
    assertThat(table.isEmpty()).isFalse();
  }

  private void remove(Job job) {
    expected.remove(job.number());
    assertThat(table.remove(job)).isTrue();
    assertThat(table.remove(job)).isFalse();
    assertThat(table.find(job.number())).isNull();
  }

  private Job anyExpected() {
    return expected.values().stream().skip(random.nextInt(expected.size())).findFirst().get();
  }

  /** A job that is only a number. */
  private record Numbered(long number) implements Job {
    @Override
    public TaskId taskId(int index) {
      return new TaskId(number, TaskId.ONLY);
    }

    @Override
    public Map<String, String> diagnostics() {
      return Map.of();
    }

    @Override
    public void outcomes(Delivery delivery) {}

    @Override
    public void lostAttempt(int index, Attempt attempt, WorkerLoss loss) {}

    @Override
    public void lost(int index, Attempt attempt, WorkerLoss loss) {}

    @Override
    public void timedOut(int index, Attempt attempt, Duration limit, String threadDump) {}

    @Override
    public void end(PoolException cause) {}

    @Override
    public boolean isComplete() {
      return false;
    }
  }
}
