package io.processpool.core.result;

import io.processpool.PoolException;
import io.processpool.TaskSerializationException;
import io.processpool.core.schedule.Departure;
import io.processpool.core.schedule.ItemBlock;
import io.processpool.wire.Block;
import io.processpool.wire.NumberedName;
import io.processpool.wire.PayloadCodec;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the input of an imap and submits it in chunks, on a thread of its own: an input that waits
 * holds up nobody, and results can be taken meanwhile.
 */
final class ImapFeeder implements Runnable {
  private final Iterator<?> input;
  private final ImapJob job;
  private final PayloadCodec codec;
  private final int chunkSize;
  private final Consumer<ItemBlock> submission;
  private final Block.Writer chunk = new Block.Writer();
  private int base;
  private long writing;

  ImapFeeder(
      Iterator<?> input,
      ImapJob job,
      PayloadCodec codec,
      int chunkSize,
      Consumer<ItemBlock> submission) {
    this.input = input;
    this.job = job;
    this.codec = codec;
    this.chunkSize = chunkSize;
    this.submission = submission;
  }

  @Override
  public void run() {
    Throwable failure = null;
    try {
      while (job.mayPull() && input.hasNext() && job.awaitRoom(chunk.count())) {
        Object item = input.next();
        if (!job.hold(chunk.count() + 1) || !add(item)) {
          return;
        }
      }
    } catch (Throwable e) {
      failure = e;
    }
    try {
      submitChunk();
    } catch (Throwable e) {
      failure = failure == null ? e : failure;
    } finally {
      job.endInput(failure);
    }
  }

  /** Returns whether more may be pulled. */
  private boolean add(@Nullable Object item) {
    int index = base + chunk.count();
    try {
      long start = System.nanoTime();
      chunk.addValue(item, codec, new NumberedName("item", index));
      writing += System.nanoTime() - start;
    } catch (TaskSerializationException e) {
      return submitChunk() && job.hold(1) && failItem(e);
    }
    boolean full = chunk.count() >= chunkSize || chunk.length() >= Block.LARGE;
    return !full || submitChunk();
  }

  private boolean submitChunk() {
    int count = chunk.count();
    if (count == 0) {
      return true;
    }
    Departure departure = new Departure(System.nanoTime(), writing / count);
    ItemBlock items = new ItemBlock(base, count, chunk.take(), departure);
    base += count;
    writing = 0;
    return job.pull(count, () -> submit(items));
  }

  /** Items that the pool cannot take, for want of memory or threads, fail in their place. */
  private void submit(ItemBlock items) {
    try {
      submission.accept(items);
    } catch (RuntimeException | Error e) {
      for (int i = 0; i < items.count(); i++) {
        job.failure(items.base() + i, new PoolException("The item cannot be submitted: " + e, e));
      }
    }
  }

  /** An item that cannot travel fails in its place. */
  private boolean failItem(TaskSerializationException failure) {
    int index = base++;
    return job.pull(1, () -> job.failure(index, failure));
  }
}
