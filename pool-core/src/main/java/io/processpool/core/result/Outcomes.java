package io.processpool.core.result;

import io.processpool.PoolException;
import io.processpool.wire.Block;
import io.processpool.wire.WireException;
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
      context.decoders().execute(() -> decodeNow(first, count, block));
    } catch (RuntimeException | Error e) {
      for (int index = first; index < first + count; index++) {
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
    Block.Reader entries = new Block.Reader(block);
    for (int i = 0; i < count; i++) {
      decodeEntry(first + i, entries);
    }
  }

  private void decodeEntry(int index, Block.Reader entries) {
    Object value;
    try {
      entries.next();
      if (entries.kind() == Block.Kind.FAILURE) {
        receiver.failure(index, site.addTo(entries.failure(context.codec())));
        return;
      }
      value = entries.value(context.codec(), "result of item " + index);
    } catch (WireException e) {
      receiver.failure(index, site.addTo(new PoolException("A worker sent a bad result", e)));
      return;
    } catch (Throwable e) {
      receiver.failure(index, site.addTo(e));
      return;
    }
    receiver.value(index, value);
  }
}
