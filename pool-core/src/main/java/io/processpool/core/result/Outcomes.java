package io.processpool.core.result;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.PoolException;
import io.processpool.TaskSerializationException;
import io.processpool.TaskStatus;
import io.processpool.core.history.Run;
import io.processpool.core.schedule.Delivery;
import io.processpool.wire.Block;
import io.processpool.wire.NumberRun;
import io.processpool.wire.NumberedName;
import io.processpool.wire.WireException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the outcomes that workers send: at once where that runs no user code, else on a thread
 * for it, so that a class of the user's that is slow to read holds up neither workers nor plain
 * results.
 */
final class Outcomes {
  private static final int MOST_FIGURES = 64;
  private static final int FEW_BYTES = 6;
  private static final int MOST_AT_ONCE = 4096;

  private final JobContext context;
  private final SubmitSite site;
  private final Receiver receiver;

  /**
   * Takes decoded outcomes, in the order of their indexes within one call of {@link #decode}, and
   * tells what has become of the item then: it may have been cancelled before.
   */
  interface Receiver {
    boolean isComplete();

    TaskStatus value(int index, @Nullable Object value);

    /** Takes the values of so many items, which follow on each other. */
    default void values(int first, int count, @Nullable Object[] values, FateSink fates) {
      for (int i = 0; i < count; i++) {
        fates.became(first + i, value(first + i, values[i]));
      }
    }

    /**
     * Takes numbers as they came, of items that follow on each other and were not over before.
     * Returns whether it has; if not, then nothing has changed.
     */
    default boolean numbers(int first, NumberRun numbers) {
      return false;
    }

    TaskStatus failure(int index, Throwable failure);
  }

  /** Told of what has become of items. */
  interface FateSink {
    void became(int index, TaskStatus fate);
  }

  /** Told of items that have run. */
  interface RunSink {
    void ran(Run run);
  }

  Outcomes(JobContext context, SubmitSite site, Receiver receiver) {
    this.context = context;
    this.site = site;
    this.receiver = receiver;
  }

  /**
   * Decodes what has come.
   *
   * @param log told of it before anybody sees a result
   */
  void decode(Delivery delivery, RunSink log) {
    Run run = null;
    Entries entries;
    try {
      Contents contents = Contents.of(delivery);
      run =
          new Run(
              delivery.attempt(),
              delivery.first(),
              delivery.count(),
              contents.figures(),
              delivery.received());
      log.ran(run);
      if (receiver.isComplete()) {
        noteUnwanted(delivery, run);
        return;
      }
      entries = new Entries(delivery, run);
      if (!contents.arePlain()) {
        context.decoders().submit(entries);
        return;
      }
    } catch (RuntimeException | Error e) {
      fail(delivery, run, e);
      return;
    }
    entries.decodeNow();
  }

  /** What comes when nobody waits for it any more is not read. */
  private void noteUnwanted(Delivery delivery, Run run) {
    int end = delivery.first() + delivery.count();
    for (int index = delivery.first(); index != end; index++) {
      run.became(index, receiver.value(index, null));
    }
  }

  private void fail(Delivery delivery, @Nullable Run run, Throwable why) {
    int end = delivery.first() + delivery.count();
    for (int index = delivery.first(); index != end; index++) {
      PoolException failure = new PoolException("A result cannot be read: " + why, why);
      TaskStatus fate = receiver.failure(index, site.addTo(failure));
      if (run != null) {
        run.became(index, fate);
      }
    }
  }

  /**
   * What can be seen of outcomes without reading them.
   *
   * @param arePlain whether reading them runs no user code
   * @param figures what the worker measured of them
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Contents(boolean arePlain, byte[] figures) {

    static Contents of(Delivery delivery) {
      Block.Reader entries = Block.Reader.ofOutcomes(delivery.outcomes());
      Output figures = new Output(MOST_FIGURES + delivery.outcomes().length / FEW_BYTES, -1);
      boolean plain = true;
      try {
        for (int i = 0; i < delivery.count(); i++) {
          entries.next();
          plain &= entries.kind() == Block.Kind.PLAIN_VALUE;
          entries.copyFigures(figures);
          if (entries.runLength() > 0) {
            i += entries.passRun().count() - 1;
          }
        }
      } catch (WireException e) {
        plain = false;
      }
      return new Contents(plain, figures.toBytes());
    }
  }

  /** The entries of a block, each with the index of its item. */
  private final class Entries implements Decoders.Batch {
    private final Run run;
    private final Block.Reader entries;
    private final int end;
    private int index;
    private @Nullable WireException malformed;

    Entries(Delivery delivery, Run run) {
      this.run = run;
      this.entries = Block.Reader.ofOutcomes(delivery.outcomes());
      this.index = delivery.first() - 1;
      this.end = delivery.first() + delivery.count();
    }

    @Override
    public boolean hasNext() {
      return index + 1 != end; // an endless imap counts beyond the largest int
    }

    @Override
    public void next() {
      index++;
      try {
        entries.next();
      } catch (WireException e) {
        malformed = e;
      }
    }

    @Override
    public void drop() {
      while (hasNext()) {
        index++;
        run.became(index, TaskStatus.FAILED);
      }
    }

    @Override
    public Runnable read() {
      int item = index;
      long start = System.nanoTime();
      Object value;
      try {
        value = value();
      } catch (Throwable e) {
        return fail(e);
      } finally {
        run.addDeserialising(System.nanoTime() - start);
      }
      return () -> run.became(item, receiver.value(item, value));
    }

    /** Decodes plain values, and runs no user code, whatever a worker has sent in their stead. */
    void decodeNow() {
      @Nullable Object[] values = {};
      while (hasNext()) {
        try {
          next();
          if (takesRun()) {
            continue;
          }
          if (values.length == 0) {
            values = new Object[Math.min(end - index, MOST_AT_ONCE)];
          }
        } catch (Throwable e) {
          deliverFailure(index, e);
          continue;
        }
        decodeFromHere(values);
      }
    }

    /** Hands a run on as it is, if the item begins one. Returns whether it has. */
    private boolean takesRun() {
      if (malformed != null || entries.runLength() < 2 || context.codec().hasLimits()) {
        return false;
      }
      NumberRun numbers = entries.run();
      boolean taken = receiver.numbers(index, numbers);
      if (taken) {
        index += numbers.count() - 1;
        var unused = entries.passRun();
      }
      return taken;
    }

    /**
     * What can be read, from the item on at which this is, is delivered together, once it is noted
     * how long that took: up to the next failure, and no more than there is room for.
     */
    private void decodeFromHere(@Nullable Object[] values) {
      long start = System.nanoTime();
      int first = index;
      int read = 0;
      Throwable failure = null;
      try {
        while (true) {
          values[read] = plainValue();
          read++;
          if (!hasNext() || read == values.length) {
            break;
          }
          next();
        }
      } catch (Throwable e) {
        failure = e;
      }
      run.addDeserialising(System.nanoTime() - start);
      receiver.values(first, read, values, run::became);
      if (failure != null) {
        deliverFailure(index, failure);
      }
    }

    private @Nullable Object plainValue() throws WireException {
      if (malformed != null) {
        throw malformed;
      }
      return entries.plainValue(context.codec(), name());
    }

    /** The value; throws what there is instead. */
    private @Nullable Object value() throws Throwable {
      if (malformed != null) {
        throw new PoolException("A worker sent a bad result", malformed);
      }
      if (entries.kind() == Block.Kind.FAILURE) {
        throw entries.failure(context.codec());
      }
      return entries.value(context.codec(), name());
    }

    private NumberedName name() {
      return new NumberedName("result of item", index);
    }

    @Override
    public Runnable fail(Throwable failure) {
      int item = index;
      return () -> deliverFailure(item, failure);
    }

    /** What is noted first is seen by all who see the failure, unless the item was over before. */
    private void deliverFailure(int item, Throwable failure) {
      run.became(item, TaskStatus.FAILED);
      run.became(item, receiver.failure(item, site.addTo(failure)));
    }

    @Override
    public Runnable giveUp(Duration timeout, StackTraceElement[] where) {
      if (entries.kind() == Block.Kind.FAILURE) {
        return fail(entries.failureInWords(context.codec()));
      }
      String message = "reading it did not end within " + timeout;
      TimeoutException cause = new TimeoutException(message);
      cause.setStackTrace(where);
      return fail(
          new TaskSerializationException(
              "result of item " + index + " cannot be read: " + message, cause));
    }
  }
}
