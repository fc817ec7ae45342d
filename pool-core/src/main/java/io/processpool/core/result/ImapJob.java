package io.processpool.core.result;

import io.processpool.PoolException;
import io.processpool.PoolTerminatedException;
import io.processpool.TaskStatus;
import io.processpool.WorkerLoss;
import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.history.Run;
import io.processpool.core.history.Submission;
import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.Delivery;
import io.processpool.core.schedule.Job;
import io.processpool.spi.TaskId;
import io.processpool.wire.TaskFunction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An imap between its feeder, which pulls the input, the workers, and the iterator that takes the
 * results. All three meet under one lock; a second one keeps a close from the midst of a
 * submission.
 *
 * <p>The feeder may be {@code window} items ahead of the iterator. It is woken only when a part of
 * the window is free, so that feeder and iterator do not take turns for every item.
 */
final class ImapJob implements Job, Outcomes.Receiver {
  /** Feeder and iterator each take about such a part of the window at once. */
  private static final int PARTS = 8;

  private final JobContext context;
  private final Submission submission;
  private final Outcomes outcomes;
  private final SubmitSite site;
  private final Attempts attempts;
  private final int window;
  private final boolean ordered;

  /** Held while items are submitted, and by a close. Taken before the other lock. */
  private final ReentrantLock submitting = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition resultOrEnd = lock.newCondition();
  private final Condition roomOrEnd = lock.newCondition();
  private final ItemRing results = new ItemRing();
  private int pulled;
  private int received;

  /** Results that the iterator's side has got. Used by the iterator's thread alone. */
  private final Queue<Item> handed = new ArrayDeque<>();

  /** Written by the iterator's thread alone. */
  private volatile int taken;

  /** Whether the iterator waits until more is pulled, whatever becomes of it. */
  private boolean awaitsInput;

  private boolean inputEnded;
  private boolean pullingStopped;

  /** How many items the feeder holds that waits for room: they are still to be submitted. */
  private int lastChunk;

  private boolean ended;
  private volatile boolean complete;
  private volatile boolean closed;
  private boolean reported;
  private @Nullable Throwable last;
  private @Nullable Thread feederThread;

  /** Set under the lock, so that an interrupt comes before a submission or not at all. */
  private volatile boolean feederIsSubmitting;

  /** A result or a failure. */
  record Item(@Nullable Object value, @Nullable Throwable failure) {}

  ImapJob(
      JobContext context, TaskFunction task, Submission submission, int window, boolean ordered) {
    this.context = context;
    this.submission = submission;
    this.window = window;
    this.ordered = ordered;
    this.site = new SubmitSite();
    this.attempts = new Attempts(task.name(), site);
    this.outcomes = new Outcomes(context, site, this);
  }

  // ---- the feeder's side

  /** Starts the thread that pulls the input. */
  void start(ImapFeeder feeder) {
    Thread thread = DaemonThreads.named("pool-imap-feeder", feeder);
    lock.lock();
    try {
      feederThread = thread;
      if (!pullingStopped) {
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether to ask the input for more, which may take for ever: nothing is held meanwhile. */
  boolean mayPull() {
    lock.lock();
    try {
      if (!pullingStopped) {
        lastChunk = 0;
      }
      return !pullingStopped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until other items may be pulled, beside those of a chunk that is not full yet.
   *
   * @return how many; none if nothing may be pulled any more
   */
  int awaitRoom(int unsubmitted) {
    lock.lock();
    try {
      if (pullingStopped) {
        return 0;
      }
      lastChunk = unsubmitted;
      while (room(unsubmitted) <= 0) {
        roomOrEnd.awaitUninterruptibly();
        if (pullingStopped) {
          return 0;
        }
      }
      lastChunk = 0;
      return room(unsubmitted);
    } finally {
      lock.unlock();
    }
  }

  private int room(int unsubmitted) {
    return window - (pulled + unsubmitted - taken);
  }

  /**
   * Notes that the feeder holds items that are still to be submitted.
   *
   * @return whether they are wanted: not if the job is complete without them
   */
  boolean hold(int unsubmitted) {
    lock.lock();
    try {
      if (reported || closed || ended) {
        return false;
      }
      lastChunk = unsubmitted;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts items that the feeder holds as pulled and submits them, in one step with regard to a
   * close.
   *
   * @return whether more may be pulled: not after the end
   */
  boolean pull(int count, Runnable submission) {
    submitting.lock();
    try {
      if (!count(count)) {
        return false;
      }
      submission.run(); // which may write to a pipe: results can come and be taken meanwhile
      return true;
    } finally {
      feederIsSubmitting = false;
      submitting.unlock();
    }
  }

  private boolean count(int more) {
    lock.lock();
    try {
      if (pullingStopped && lastChunk == 0) {
        return false;
      }
      lastChunk = Math.max(0, lastChunk - more);
      pulled += more;
      feederIsSubmitting = true;
      context.history().submitted(more);
      if (awaitsInput) {
        resultOrEnd.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Notes the end of the input: an exception instead of it, if there was one. */
  void endInput(@Nullable Throwable failure) {
    lock.lock();
    try {
      lastChunk = 0;
      if (!pullingStopped) {
        inputEnded = true;
        last = failure;
        resultOrEnd.signalAll();
      }
    } finally {
      lock.unlock();
    }
    tellIfComplete();
  }

  // ---- the workers' side

  @Override
  public long number() {
    return submission.number();
  }

  @Override
  public TaskId taskId(int index) {
    return submission.task(index);
  }

  @Override
  public Map<String, String> diagnostics() {
    return submission.diagnostics();
  }

  @Override
  public void outcomes(Delivery delivery) {
    outcomes.decode(delivery, run -> context.history().ran(submission, run));
  }

  @Override
  public void lostAttempt(int index, Attempt attempt, WorkerLoss loss) {
    Run run = Run.lost(attempt, index);
    context.history().ran(submission, run);
    if (complete) {
      run.became(index, value(index, null));
    } else {
      attempts.add(index, attempt.number(), loss);
    }
  }

  @Override
  public void lost(int index, Attempt attempt, WorkerLoss loss) {
    lost(index, attempt, attempts.addLast(index, attempt.number(), loss));
  }

  @Override
  public void timedOut(int index, Attempt attempt, Duration limit, String threadDump) {
    lost(index, attempt, attempts.timedOut(index, limit, threadDump));
  }

  private void lost(int index, Attempt attempt, Throwable failure) {
    Run run = Run.lost(attempt, index);
    context.history().ran(submission, run);
    run.became(index, failure(index, failure));
  }

  @Override
  public TaskStatus value(int index, @Nullable Object value) {
    return put(index, new Item(value, null));
  }

  @Override
  public TaskStatus failure(int index, Throwable failure) {
    return put(index, new Item(null, failure));
  }

  private TaskStatus put(int index, Item item) {
    TaskStatus fate = item.failure() == null ? TaskStatus.SUCCEEDED : TaskStatus.FAILED;
    attempts.forget(index);
    boolean complete;
    lock.lock();
    try {
      if (closed || ended) {
        return closed ? TaskStatus.CANCELLED : TaskStatus.FAILED;
      }
      int place = ordered ? index : received;
      results.put(place, item);
      received++;
      context.history().over(1, fate);
      if (place == results.first()) {
        resultOrEnd.signalAll();
      }
      complete = becomesReported();
    } finally {
      lock.unlock();
    }
    if (complete) {
      context.control().completed(this);
    }
    return fate;
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public int size() {
    return window;
  }

  @Override
  public void end(PoolException cause) {
    stop(site.addTo(cause));
  }

  @Override
  public void stopPulling() {
    lock.lock();
    try {
      if (!inputEnded && !pullingStopped) {
        int total = pulled + lastChunk;
        pullingStopped = true;
        roomOrEnd.signalAll();
        if (lastChunk == 0) {
          interruptFeeder();
        }
        last =
            site.addTo(
                new PoolTerminatedException(
                    "The pool has ended; of this input it has taken " + total + " items", null));
        resultOrEnd.signalAll();
      }
    } finally {
      lock.unlock();
    }
    tellIfComplete();
  }

  /** Ends the job with what it has, and an exception after that. */
  private void stop(Throwable cause) {
    lock.lock();
    try {
      if (reported) {
        return;
      }
      dropInput();
      ended = true;
      complete = true;
      last = cause;
      context.history().over(pulled - received, TaskStatus.FAILED);
      pulled = ordered ? results.first() + results.inOrder() : received;
      received = pulled;
      resultOrEnd.signalAll();
    } finally {
      lock.unlock();
    }
    tellIfComplete();
  }

  private void dropInput() {
    pullingStopped = true;
    lastChunk = 0;
    roomOrEnd.signalAll();
    interruptFeeder();
  }

  /**
   * The input may be waiting for something that never comes. What starts a worker is not to be
   * interrupted; after a submission the feeder sees by itself that nothing is to be pulled.
   */
  private void interruptFeeder() {
    if (feederThread != null && !feederIsSubmitting) {
      feederThread.interrupt();
    }
  }

  private boolean noMoreInput() {
    return inputEnded || (pullingStopped && lastChunk == 0);
  }

  private void tellIfComplete() {
    boolean complete;
    lock.lock();
    try {
      complete = becomesReported();
    } finally {
      lock.unlock();
    }
    if (complete) {
      context.control().completed(this);
    }
  }

  /** Whether it is complete and nobody was told. Whoever asks tells. */
  private boolean becomesReported() {
    boolean due = !reported && noMoreInput() && received == pulled;
    reported |= due;
    return due;
  }

  // ---- the iterator's side

  boolean hasNext() throws InterruptedException {
    if (hasHanded()) {
      return true;
    }
    lock.lockInterruptibly();
    try {
      while (!closed && taken == pulled && !noMoreInput()) {
        awaitsInput = true;
        resultOrEnd.await();
      }
      return !closed && (taken != pulled || last != null);
    } finally {
      awaitsInput = false;
      lock.unlock();
    }
  }

  /** Takes the next result; {@code null} after the last one. */
  @Nullable Item next(long timeoutNanos) throws InterruptedException, TimeoutException {
    if (hasHanded()) {
      return take(handed.remove());
    }
    lock.lockInterruptibly();
    try {
      long left = timeoutNanos;
      while (true) {
        if (closed) {
          handed.clear();
          throw new CancellationException("The iterator was closed");
        }
        Item item = handOver();
        if (item != null) {
          take(item);
          tellFeeder();
          return item;
        }
        if (taken == pulled && noMoreInput()) {
          return lastOnce();
        }
        if (left <= 0) {
          throw new TimeoutException(
              "No result within " + Duration.ofNanos(timeoutNanos) + "; " + taken + " were taken");
        }
        left = resultOrEnd.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // by the iterator's thread alone
  private Item take(Item item) {
    taken++;
    return item;
  }

  private boolean hasHanded() {
    return !handed.isEmpty() && !closed && !Thread.currentThread().isInterrupted();
  }

  /**
   * Takes over the results that are there, as long as the feeder can go on meanwhile, so that the
   * lock is not taken for each. Returns the first.
   */
  private @Nullable Item handOver() {
    Item next = results.peek();
    for (int left = Math.max(1, window / PARTS); next != null && left > 0; left--) {
      handed.add(next); // for which memory may lack
      results.remove();
      next = results.peek();
    }
    return handed.poll();
  }

  private @Nullable Item lastOnce() {
    Throwable failure = last;
    last = null;
    return failure == null ? null : new Item(null, failure);
  }

  private void tellFeeder() {
    int room = room(0);
    if (room > 0 && (room >= window / PARTS || window < 2 * PARTS)) {
      roomOrEnd.signal();
    }
  }

  /** Cancels what is left. Nothing if there is nothing left. */
  void close() {
    boolean dropped;
    submitting.lock(); // what is being submitted can be cancelled then
    try {
      dropped = dropRest();
    } finally {
      submitting.unlock();
    }
    if (dropped) {
      context.control().cancel(this, true);
      tellIfComplete();
    }
  }

  /** Returns whether there was anything left. */
  private boolean dropRest() {
    lock.lock();
    try {
      if (closed || (taken == pulled && noMoreInput())) {
        return false;
      }
      closed = true;
      complete = true;
      dropInput();
      results.clear();
      context.history().over(pulled - received, TaskStatus.CANCELLED);
      received = pulled;
      resultOrEnd.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
