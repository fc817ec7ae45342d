package io.processpool.bench.jmh;

import io.processpool.spi.Backend;
import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.SlotTotals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Slots that run nothing: a chunk is done as soon as {@link #answer} is called, by the thread that
 * calls it. What is measured with it has no part of any thread's waking up.
 */
final class AnsweringBackend implements Backend {
  private static final byte[] NO_OUTCOMES = {};

  private final List<SlotListener> starting = new ArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();

  private record Answer(SlotListener listener, Chunk chunk) {

    void give() {
      listener.worked(SlotTotals.NONE);
      listener.outcomes(List.of(new SlotOutcomes(chunk.id(), 0, chunk.count(), NO_OUTCOMES)));
    }
  }

  /** Has all slots be ready that were started. */
  void becomeReady() {
    SlotProcess here = new SlotProcess(ProcessHandle.current().pid(), 0);
    for (SlotListener listener : starting) {
      listener.started(here);
      listener.ready();
    }
    starting.clear();
  }

  /** Tells of all chunks that they are done, also of those that slots are given meanwhile. */
  void answer() {
    for (Answer next = answers.poll(); next != null; next = answers.poll()) {
      next.give();
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public Slot start(int number, SlotListener listener) {
    starting.add(listener);
    return new AnsweringSlot(listener);
  }

  @Override
  public void close() {}

  private final class AnsweringSlot implements Slot {
    private final SlotListener listener;

    AnsweringSlot(SlotListener listener) {
      this.listener = listener;
    }

    @Override
    public void submit(Chunk chunk) {
      answers.add(new Answer(listener, chunk));
    }

    @Override
    public void flush(boolean here) {}

    @Override
    public void cancel(long chunkId, Cancel mode) {}

    @Override
    public Optional<Running> running() {
      return Optional.empty();
    }

    @Override
    public Optional<Activity> activity() {
      return Optional.empty();
    }

    @Override
    public void interrupt(Running item) {}

    @Override
    public void disown(Running item) {}

    @Override
    public void suspend(Consumer<String> whenSuspended) {}

    @Override
    public void resume() {}

    @Override
    public void forget(int functionId) {}

    @Override
    public void close(Close mode) {}
  }
}
