package io.processpool.core.result;

import io.processpool.PoolException;
import io.processpool.TaskSerializationException;
import io.processpool.core.schedule.Departure;
import io.processpool.core.schedule.ItemBlock;
import io.processpool.wire.Block;
import io.processpool.wire.NumberedName;
import io.processpool.wire.PayloadCodec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the input of an imap and submits it in chunks, on a thread of its own: an input that waits
 * holds up nobody, and results can be taken meanwhile.
 *
 * <p>What was pulled is submitted before an input is asked again that may wait. Of others several
 * items are pulled and submitted together.
 */
final class ImapFeeder implements Runnable {
  private static final int MOST_TOGETHER = 64;
  private static final int MOST_BYTES_TOGETHER = 64 * 1024;
  private static final long MOST_NANOS_TOGETHER = 100_000;

  private final Imaps.Input input;
  private final ImapJob job;
  private final PayloadCodec codec;
  private final int chunkSize;
  private final Consumer<List<ItemBlock>> submission;
  private final Block.Writer chunk = new Block.Writer();
  private int base;
  private long writing;

  /** When the last item was written, or what had to be done after that. */
  private long now;

  /** Chunks that are to be submitted with the next. */
  private List<ItemBlock> filled = new ArrayList<>();

  private int itemsFilled;
  private long bytesFilled;

  ImapFeeder(
      Imaps.Input input,
      ImapJob job,
      PayloadCodec codec,
      int chunkSize,
      Consumer<List<ItemBlock>> submission) {
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
      while (job.mayPull() && input.items().hasNext()) {
        int room = job.awaitRoom(chunk.count());
        if (room == 0) {
          break;
        }
        if (!pull(room)) {
          return;
        }
      }
    } catch (Throwable e) {
      failure = e;
    }
    try {
      now = System.nanoTime();
      fillChunk();
      submit();
    } catch (Throwable e) {
      failure = failure == null ? e : failure;
    } finally {
      job.endInput(failure);
    }
  }

  /** Pulls the next item, and others that are at hand. Returns whether more may be pulled. */
  private boolean pull(int most) {
    Iterator<?> items = input.items();
    int count = input.atHand() ? Math.min(most, MOST_TOGETHER) : 1;
    List<@Nullable Object> pulled = new ArrayList<>(count);
    try {
      do {
        pulled.add(items.next());
      } while (pulled.size() < count && items.hasNext());
    } catch (RuntimeException | Error e) {
      var unused = addAll(pulled);
      throw e;
    }
    return addAll(pulled);
  }

  private boolean addAll(List<@Nullable Object> pulled) {
    if (!job.hold(chunk.count() + pulled.size())) {
      return false;
    }
    long start = System.nanoTime();
    now = start;
    for (Object item : pulled) {
      if (!add(item)) {
        return false;
      }
      boolean enough = bytesFilled >= MOST_BYTES_TOGETHER || now - start >= MOST_NANOS_TOGETHER;
      if (enough && !submit()) {
        return false;
      }
    }
    return submit();
  }

  private boolean add(@Nullable Object item) {
    int index = base + chunk.count();
    try {
      long start = now;
      chunk.addValue(item, codec, new NumberedName("item", index));
      now = System.nanoTime();
      writing += now - start;
    } catch (TaskSerializationException e) {
      fillChunk();
      return submit() && failItem(e);
    }
    if (chunk.count() >= chunkSize || chunk.length() >= Block.LARGE) {
      fillChunk();
    }
    return true;
  }

  private void fillChunk() {
    int count = chunk.count();
    if (count > 0) {
      Departure departure = new Departure(now, writing / count);
      bytesFilled += chunk.length();
      itemsFilled += count;
      filled.add(new ItemBlock(base, count, chunk.take(), departure));
      base += count;
      writing = 0;
    }
  }

  private boolean submit() {
    if (filled.isEmpty()) {
      return true;
    }
    List<ItemBlock> chunks = filled;
    int count = itemsFilled;
    filled = new ArrayList<>();
    itemsFilled = 0;
    bytesFilled = 0;
    return pull(count, () -> submit(chunks));
  }

  /** What that takes is none of the next item's time. */
  private boolean pull(int count, Runnable submission) {
    boolean mayGoOn = job.pull(count, submission);
    now = System.nanoTime();
    return mayGoOn;
  }

  /** Items that the pool cannot take, for want of memory or threads, fail in their place. */
  private void submit(List<ItemBlock> chunks) {
    try {
      submission.accept(chunks);
    } catch (RuntimeException | Error e) {
      for (ItemBlock items : chunks) {
        fail(items, new PoolException("The item cannot be submitted: " + e, e));
      }
    }
  }

  private void fail(ItemBlock items, PoolException failure) {
    for (int i = 0; i < items.count(); i++) {
      job.failure(items.base() + i, failure);
    }
  }

  /** An item that cannot travel fails in its place. */
  private boolean failItem(TaskSerializationException failure) {
    int index = base++;
    return pull(1, () -> job.failure(index, failure));
  }
}
