package io.processpool.core.report;

import static io.processpool.core.report.SampleTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.TaskMetadata;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tasks ran far longer than their siblings. */
class StragglersTest {
  private final SamplePool pool = new SamplePool().workers(1);
  private long now;

  @Test
  void oneThatRunsFarLongerThanTheOthersOfItsMap() {
    map("7", 20, 30_000);
    ran("7.20", 200_000, "Work.each");
    assertThat(stragglers()).containsExactly("7.20");
  }

  @Test
  void theLongestIsFirst() {
    map("7", 40, 30_000);
    ran("7.40", 200_000, "Work.each");
    ran("7.41", 300_000, "Work.each");
    assertThat(stragglers()).containsExactly("7.41", "7.40");
  }

  @Test
  void notOneOfAFewThatRunAsLong() {
    map("7", 20, 30_000);
    for (int i = 20; i < 25; i++) {
      ran("7." + i, 200_000, "Work.each");
    }
    assertThat(stragglers()).isEmpty();
  }

  @Test
  void notOneThatIsLongerByLittle() {
    map("7", 20, 1_000);
    ran("7.20", 10_900, "Work.each");
    assertThat(stragglers()).isEmpty();
  }

  @Test
  void notOneOfTooFewToTell() {
    map("7", 8, 30_000);
    ran("7.8", 500_000, "Work.each");
    assertThat(stragglers()).isEmpty();
  }

  @Test
  void notOneThatIsOnlyLongerThanThoseOfAnotherMap() {
    map("7", 20, 30_000);
    map("8", 20, 300_000);
    assertThat(stragglers()).isEmpty();
  }

  @Test
  void singleTasksAreComparedWithThoseOfTheSameLabel() {
    for (int i = 1; i <= 20; i++) {
      ran(Integer.toString(i), 30_000, "Work.short");
      ran(Integer.toString(100 + i), 400_000, "Work.long");
    }
    ran("99", 400_000, "Work.short");
    assertThat(stragglers()).containsExactly("99");
  }

  @Test
  void oneThatWasLostAfterLong() {
    map("7", 20, 30_000);
    pool.add(task("7.20", 1, now, 400_000).lost());
    assertThat(stragglers()).containsExactly("7.20");
  }

  private List<String> stragglers() {
    return pool.report().stragglers().stream().map(TaskMetadata::id).toList();
  }

  private void map(String id, int items, long length) {
    for (int i = 0; i < items; i++) {
      ran(id + "." + i, length, "Work.each");
    }
  }

  private void ran(String id, long length, String label) {
    pool.add(task(id, 1, now, length).label(label));
    now += length;
  }
}
