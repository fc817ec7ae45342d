package io.processpool.core.result;

import static java.util.Comparator.naturalOrder;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.FailedAttempt;
import io.processpool.Outcome;
import io.processpool.ProgressListener;
import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import io.processpool.WaitFor;
import io.processpool.core.concurrent.Nanos;
import io.processpool.core.history.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several handles as one: each is an item.
 *
 * <p>The handles hold it weakly until somebody listens, so that many can be made of a handle that
 * is long in coming, and given up.
 *
 * @param <R> the type of one result
 */
public final class JoinedResult<R extends @Nullable Object> extends Reported<List<R>>
    implements AsyncMapResult<R> {
  private final List<AsyncResult<R>> members;
  private final Items<R> items;
  private final Callbacks callbacks;
  private final Timeline timeline = Timeline.fromNow();
  private final Hold<JoinedResult<R>> hold = new Hold<>(this);

  private JoinedResult(List<AsyncResult<R>> members) {
    this.members = members;
    this.items = new Items<>(this, (count, status) -> {}, this::end, members.size());
    this.callbacks =
        members.stream()
            .filter(Promise.class::isInstance)
            .map(member -> ((Promise<?>) member).callbacks())
            .findFirst()
            .orElseGet(() -> new Callbacks(null));
  }

  /**
   * Joins handles, of any pools.
   *
   * @param handles the handles, in order
   * @param <R> the type of one result
   * @return what completes when the last of them does; complete if there are none
   */
  @SuppressWarnings("unchecked") // a handle takes nothing of type R but consumers of it
  public static <R extends @Nullable Object> JoinedResult<R> of(
      List<? extends AsyncResult<? extends R>> handles) {
    JoinedResult<R> joined = new JoinedResult<>((List<AsyncResult<R>>) List.copyOf(handles));
    joined.followMembers();
    return joined;
  }

  private void followMembers() {
    if (members.isEmpty()) {
      end();
    }
    for (int i = 0; i < members.size(); i++) {
      int index = i;
      follow(members.get(i), hold.follower((joined, how) -> joined.items.complete(index, how)));
    }
  }

  /** The failures are those of the handles, which nothing is added to. */
  private void end() {
    var unused = publish(items.together(failures -> failures.get(0)));
  }

  @Override
  void keep() {
    if (hold.tighten()) {
      members.forEach(JoinedResult::keep);
    }
  }

  private static void keep(AsyncResult<?> member) {
    if (member instanceof Promise<?> promise) {
      promise.keep();
    }
  }

  @Override
  void onPublished() {
    items.endWithTheWhole();
  }

  @Override
  Callbacks callbacks() {
    return callbacks;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = publish(Completion.ofCancel());
    if (cancelled) {
      members.forEach(member -> member.cancel(mayInterruptIfRunning));
    }
    return cancelled;
  }

  @Override
  public void abort() {
    requireIncomplete();
    members.forEach(JoinedResult::abortIfIncomplete);
  }

  private static void abortIfIncomplete(AsyncResult<?> member) {
    try {
      member.abort();
    } catch (IllegalStateException e) {
      // It is complete, and nothing of it is left to be aborted.
    }
  }

  @Override
  public String id() {
    return members.stream().map(AsyncResult::id).collect(Collectors.joining("+"));
  }

  @Override
  public List<TaskMetadata> metadata() {
    return members.stream().flatMap(member -> member.metadata().stream()).toList();
  }

  @Override
  public Map<Integer, List<R>> getByWorker() throws InterruptedException, ExecutionException {
    return Items.byWorker(get(), index -> lastWorkerOf(members.get(index)));
  }

  /** The worker of a task, or of the last item of a map. */
  private static int lastWorkerOf(AsyncResult<?> member) {
    List<TaskMetadata> tasks = member.metadata();
    return tasks.isEmpty() ? 0 : tasks.get(tasks.size() - 1).worker().orElse(0);
  }

  @Override
  Timeline timeline() {
    return timeline;
  }

  @Override
  void requireOutput() {
    for (AsyncResult<?> member : members) {
      if (member instanceof Reported<?> reported) {
        reported.requireOutput();
      }
    }
  }

  @Override
  public String stdout() {
    return members.stream().map(AsyncResult::stdout).collect(Collectors.joining());
  }

  @Override
  public String stderr() {
    return members.stream().map(AsyncResult::stderr).collect(Collectors.joining());
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public int failures() {
    return items.failed();
  }

  @Override
  List<TaskMetadata> running() {
    Map<MapResult<?>, List<TaskMetadata>> known = new HashMap<>();
    return members.stream().flatMap(member -> runningOf(member, known).stream()).toList();
  }

  /** What runs of a map is asked for once for all of its items. */
  private static List<TaskMetadata> runningOf(
      AsyncResult<?> member, Map<MapResult<?>, List<TaskMetadata>> known) {
    if (member instanceof ItemResult<?> item && !item.ready()) {
      return item.runningAmong(known.computeIfAbsent(item.map(), MapResult::running));
    }
    if (member instanceof Reported<?> reported) {
      return reported.ready() ? List.of() : reported.running();
    }
    return member.metadata().stream().filter(task -> task.status() == TaskStatus.RUNNING).toList();
  }

  @Override
  Instant submitted() {
    return members.stream()
        .flatMap(member -> submissionOf(member).stream())
        .min(naturalOrder())
        .orElseGet(() -> timeline.at(completedAt()));
  }

  private static Optional<Instant> submissionOf(AsyncResult<?> member) {
    return member instanceof Reported<?> reported
        ? Optional.of(reported.submitted())
        : member.metadata().stream().map(TaskMetadata::submitted).findFirst();
  }

  @Override
  public JoinedResult<R> onProgress(ProgressListener listener) {
    var unused = super.onProgress(listener);
    return this;
  }

  @Override
  public int progress() {
    return items.done();
  }

  @Override
  public List<FailedAttempt> failedAttempts() {
    List<FailedAttempt> all = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      for (FailedAttempt attempt : members.get(i).failedAttempts()) {
        all.add(new FailedAttempt(i, attempt.number(), attempt.failure()));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public List<Outcome<R>> outcomes() throws InterruptedException {
    await();
    return items.outcomes();
  }

  @Override
  public Iterator<R> iterator() {
    return items.iterator();
  }

  @Override
  public Iterable<R> unordered() {
    return items::unordered;
  }

  @Override
  public List<AsyncResult<R>> split() {
    return members;
  }

  @Override
  public void await(WaitFor what) throws InterruptedException {
    items.await(what);
  }

  @Override
  public boolean await(WaitFor what, Duration timeout) throws InterruptedException {
    return items.await(what, Nanos.of(timeout));
  }

  @Override
  public JoinedResult<R> onSuccess(Consumer<? super List<R>> action) {
    var unused = super.onSuccess(action);
    return this;
  }

  @Override
  public JoinedResult<R> onFailure(Consumer<? super Throwable> action) {
    var unused = super.onFailure(action);
    return this;
  }
}
