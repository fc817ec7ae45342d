package io.processpool.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.WorkerIdentity;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The runs of a job's items are found by the items. */
class RunsTest {
  private final Runs runs = new Runs();

  @Test
  void theRunOfAnItemIsFoundInWhicheverOrderTheyCame() {
    Run last = add(20, 5);
    Run first = add(0, 10);
    Run middle = add(12, 3);
    assertThat(runs.run(0)).isSameAs(first);
    assertThat(runs.run(9)).isSameAs(first);
    assertThat(runs.run(10)).isNull();
    assertThat(runs.run(11)).isNull();
    assertThat(runs.run(12)).isSameAs(middle);
    assertThat(runs.run(14)).isSameAs(middle);
    assertThat(runs.run(15)).isNull();
    assertThat(runs.run(24)).isSameAs(last);
    assertThat(runs.run(25)).isNull();
  }

  @Test
  void itemsAreFoundBeyondTheLargestNumber() {
    Run before = add(Integer.MAX_VALUE - 9, 5);
    Run beyond = add(Integer.MIN_VALUE + 2, 3);
    Run across = add(Integer.MAX_VALUE - 4, 7);
    assertThat(runs.run(Integer.MAX_VALUE - 5)).isSameAs(before);
    assertThat(runs.run(Integer.MAX_VALUE)).isSameAs(across);
    assertThat(runs.run(Integer.MIN_VALUE)).isSameAs(across);
    assertThat(runs.run(Integer.MIN_VALUE + 1)).isSameAs(across);
    assertThat(runs.run(Integer.MIN_VALUE + 2)).isSameAs(beyond);
  }

  private Run add(int first, int count) {
    Attempt attempt = new Attempt(new WorkerIdentity(1, 1, 0), 1, OptionalLong.empty(), null);
    Run run = new Run(attempt, first, count, new byte[0], 0);
    runs.add(run);
    return run;
  }
}
