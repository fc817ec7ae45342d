package io.processpool.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.TaskStatus;
import io.processpool.WaitFor;
import io.processpool.WorkerOutput;
import io.processpool.core.history.PoolHistory;
import io.processpool.core.history.Submission;
import io.processpool.core.history.Timeline;
import io.processpool.core.schedule.Job;
import io.processpool.core.schedule.RunningItem;
import io.processpool.spi.PoolSettings;
import io.processpool.wire.TaskFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Whatever fails when a job is complete, everybody learns of it, and so does the pool. */
class HandleTest {
  private static final TaskFunction TASK = new TaskFunction.Nullary(() -> "value");
  private static final Submission SUBMISSION = new Submission(1, 0, "label", Map.of(), 0, 0);

  /** Nothing can be noted in it. */
  private static final PoolHistory BROKEN = null;

  private final List<Object> told = new ArrayList<>();
  private final List<Job> completed = new ArrayList<>();
  private final PoolThatFails control = new PoolThatFails();

  @Test
  void aFollowerThatFailsHurtsNobody() throws Exception {
    SingleResult<String> result = single(history());
    result.follow(HandleTest::fail);
    result.follow(how -> told.add(how.value()));
    AsyncResult<List<String>> joined = JoinedResult.of(List.of(result));
    result.value(0, "value");
    assertThat(result.get(Duration.ZERO)).isEqualTo("value");
    assertThat(joined.get(Duration.ZERO)).containsExactly("value");
    assertThat(told).containsExactly("value");
    assertThat(completed).containsExactly(result);
  }

  @Test
  void aJobThatCannotBeNotedCompletesAllTheSame() throws Exception {
    SingleResult<String> result = single(BROKEN);
    result.follow(how -> told.add(how.value()));
    result.value(0, "value");
    assertThat(result.get(Duration.ZERO)).isEqualTo("value");
    assertThat(told).containsExactly("value");
    assertThat(completed).containsExactly(result);
  }

  @Test
  void soDoesAMapWithItsItems() throws Exception {
    MapResult<String> map = map(BROKEN, 2);
    AsyncResult<String> open = map.split().get(1);
    map.value(0, "value");
    map.fail(new IllegalStateException("by intent"));
    assertThat(map.await(WaitFor.FIRST_EXCEPTION, Duration.ZERO)).isTrue();
    assertThat(map.outcomes()).extracting(Outcome::successful).containsExactly(true, false);
    assertThatThrownBy(() -> open.get(Duration.ZERO)).hasRootCauseMessage("by intent");
    assertThat(completed).containsExactly(map);
  }

  @Test
  void aFollowerOfAnItemThatFailsHurtsNeitherTheItemsNorTheMap() throws Exception {
    MapResult<String> map = map(history(), 2);
    List<AsyncResult<String>> items = map.split();
    for (AsyncResult<String> item : items) {
      Promise.follow(item, HandleTest::fail);
      Promise.follow(item, how -> told.add(how.value()));
    }
    map.value(1, "one");
    map.value(0, "zero");
    assertThat(told).containsExactly("one", "zero");
    assertThat(items.get(1).get(Duration.ZERO)).isEqualTo("one");
    assertThat(map.get(Duration.ZERO)).containsExactly("zero", "one");
    assertThat(completed).containsExactly(map);
  }

  @Test
  void ofValuesThatComeTogetherThoseAreLeftOutWhoseItemsWereDone() {
    List<String> heard = new ArrayList<>();
    Items<String> items =
        new Items<>(
            map(history(), 3),
            (count, fate) -> heard.add(count + " " + fate),
            () -> heard.add("end"),
            3);
    items.cancelled(1);
    assertThat(items.values(0, 3, new Object[] {"zero", "one", "two"})).isFalse();
    assertThat(heard).containsExactly("1 CANCELLED", "2 SUCCEEDED", "end");
    assertThat(items.status(1)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(items.status(2)).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(items.done()).isEqualTo(3);
  }

  @Test
  void itemsWhoseFailuresCannotBeGatheredFailTogether() {
    Items<String> items = new Items<>(map(history(), 1), (count, fate) -> {}, () -> {}, 1);
    StackOverflowError error = new StackOverflowError("by intent");
    items.failure(0, new IllegalStateException("by intent"));
    Completion<List<String>> how =
        items.together(
            failures -> {
              throw error;
            });
    assertThat(how).isEqualTo(Completion.ofFailure(error));
  }

  @Test
  void aJobWhoseWorkCannotBeWithdrawnIsCancelledAllTheSame() {
    SingleResult<String> result = single(history());
    control.failing = true;
    assertThatThrownBy(() -> result.cancel(true)).isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() -> result.get(Duration.ZERO)).isInstanceOf(CancellationException.class);
    assertThat(completed).containsExactly(result);
  }

  private SingleResult<String> single(PoolHistory history) {
    return new SingleResult<>(
        context(history), new Object(), TASK.name(), SUBMISSION, new SubmitSite());
  }

  private MapResult<String> map(PoolHistory history, int size) {
    return new MapResult<>(context(history), new Object(), TASK, SUBMISSION, size, false);
  }

  private JobContext context(PoolHistory history) {
    return new JobContext(
        null,
        null,
        new Callbacks(null),
        history,
        Timeline.fromNow(),
        new PoolSettings.Printing(WorkerOutput.INHERIT, 0, null),
        control);
  }

  private static PoolHistory history() {
    return new PoolHistory(Timeline.fromNow(), 1);
  }

  private static void fail(Completion<String> how) {
    throw new StackOverflowError("by intent");
  }

  /** A pool that notes what is complete, and may fail to withdraw work. */
  private final class PoolThatFails implements JobContext.Control {
    private boolean failing;

    @Override
    public void cancel(Job job, boolean interrupt) {
      if (failing) {
        throw new StackOverflowError("by intent");
      }
    }

    @Override
    public List<RunningItem> running(Job job) {
      return List.of();
    }

    @Override
    public void withdraw(Job job, int first, int count) {}

    @Override
    public void disown(Job job, int index, boolean interrupt) {}

    @Override
    public void completed(Job job) {
      completed.add(job);
    }
  }
}
