package io.processpool.core.schedule;

import io.processpool.spi.Backend;
import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Workers that take what they are given, and do nothing of themselves. */
final class FakeWorkers implements Backend {
  private final List<FakeWorker> all = new ArrayList<>();

  /** All that were started, in order. */
  List<FakeWorker> all() {
    return all;
  }

  FakeWorker newest() {
    return all.get(all.size() - 1);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.KILL);
  }

  @Override
  public Slot start(int number, SlotListener listener) {
    all.add(new FakeWorker(listener));
    return newest();
  }

  @Override
  public void close() {}

  /** One of them: what it was told, and whom it tells. */
  record FakeWorker(
      SlotListener listener,
      List<Chunk> chunks,
      List<Cancellation> cancels,
      List<Running> interrupts,
      List<Running> disowned,
      AtomicReference<Running> runs,
      List<Close> closes)
      implements Slot {

    /** What it was told to cancel. */
    record Cancellation(long chunkId, Cancel mode) {}

    FakeWorker(SlotListener listener) {
      this(
          listener,
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new AtomicReference<>(),
          new ArrayList<>());
    }

    void becomeReady() {
      listener.started(new SlotProcess(1, 0));
      listener.ready();
    }

    /** Tells that the first chunk is done. */
    void finishFirst() {
      Chunk chunk = chunks.get(0);
      finish(chunk, 0, chunk.count());
    }

    /** Tells that items of a chunk are done. With the last of them it has left. */
    void finish(Chunk chunk, int first, int count) {
      if (first + count == chunk.count()) {
        chunks.remove(chunk);
      }
      listener.outcomes(List.of(new SlotOutcomes(chunk.id(), first, count, new byte[0])));
    }

    /** Tells that a chunk has left it before it was done. */
    void giveBack(Chunk chunk) {
      chunks.remove(chunk);
      listener.returned(chunk.id());
    }

    @Override
    public void submit(Chunk chunk) {
      chunks.add(chunk);
    }

    @Override
    public void flush(boolean here) {}

    @Override
    public void cancel(long chunkId, Cancel mode) {
      cancels.add(new Cancellation(chunkId, mode));
    }

    @Override
    public Optional<Activity> activity() {
      return Optional.empty();
    }

    @Override
    public Optional<Running> running() {
      return Optional.ofNullable(runs.get());
    }

    @Override
    public void interrupt(Running item) {
      interrupts.add(item);
    }

    @Override
    public void disown(Running item) {
      disowned.add(item);
    }

    @Override
    public void suspend(Consumer<String> whenSuspended) {}

    @Override
    public void resume() {}

    @Override
    public void forget(int functionId) {}

    @Override
    public void close(Close mode) {
      closes.add(mode);
    }
  }
}
