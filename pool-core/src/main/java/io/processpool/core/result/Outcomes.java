package io.processpool.core.result;

import io.processpool.PoolException;
import io.processpool.TaskSerializationException;
import io.processpool.wire.Block;
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
  private final JobContext context;
  private final SubmitSite site;
  private final Receiver receiver;

  /** Takes decoded outcomes, in the order of their indexes within one call of {@link #decode}. */
  interface Receiver {
    void value(int index, @Nullable Object value);

    void failure(int index, Throwable failure);
  }

  Outcomes(JobContext context, SubmitSite site, Receiver receiver) {
    this.context = context;
    this.site = site;
    this.receiver = receiver;
  }

  void decode(int first, int count, byte[] block) {
    if (isPlain(block, count)) {
      decodeNow(first, count, block);
      return;
    }
    try {
      context.decoders().submit(new Entries(first, count, block));
    } catch (RuntimeException | Error e) {
      for (int index = first; index != first + count; index++) {
        receiver.failure(index, site.addTo(new PoolException("A result cannot be read: " + e, e)));
      }
    }
  }

  private static boolean isPlain(byte[] block, int count) {
    Block.Reader entries = new Block.Reader(block);
    try {
      for (int i = 0; i < count; i++) {
        entries.next();
        if (entries.kind() != Block.Kind.PLAIN_VALUE) {
          return false;
        }
      }
      return true;
    } catch (WireException e) {
      return false;
    }
  }

  private void decodeNow(int first, int count, byte[] block) {
    Entries entries = new Entries(first, count, block);
    while (entries.hasNext()) {
      entries.next();
      entries.read().run();
    }
  }

  /** The entries of a block, each with the index of its item. */
  private final class Entries implements Decoders.Batch {
    private final Block.Reader entries;
    private final int end;
    private int index;
    private @Nullable WireException malformed;

    Entries(int first, int count, byte[] block) {
      this.entries = new Block.Reader(block);
      this.index = first - 1;
      this.end = first + count;
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
    public Runnable read() {
      if (malformed != null) {
        return fail(new PoolException("A worker sent a bad result", malformed));
      }
      if (entries.kind() == Block.Kind.FAILURE) {
        return fail(entries.failure(context.codec()));
      }
      int item = index;
      Object value;
      try {
        value = entries.value(context.codec(), "result of item " + item);
      } catch (Throwable e) {
        return fail(e);
      }
      return () -> receiver.value(item, value);
    }

    @Override
    public Runnable fail(Throwable failure) {
      int item = index;
      return () -> receiver.failure(item, site.addTo(failure));
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
