package io.processpool.contract;

import io.processpool.Pool;
import io.processpool.PoolBuilder;
import io.processpool.spi.Backend;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.Chunk;
import io.processpool.spi.PoolProvider;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.testing.ForwardingListener;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inline backend, which notes how many items came in each chunk that ran, and takes no chunk
 * from a thread that it is to fail for.
 */
final class RecordingBackend {
  private static final ThreadLocal<@Nullable Error> FAILURE = new ThreadLocal<>();

  private final Map<Long, Integer> sizes = Collections.synchronizedMap(new LinkedHashMap<>());
  private final AtomicReference<@Nullable Runnable> beforeSubmission = new AtomicReference<>();
  private final Set<Long> ran = ConcurrentHashMap.newKeySet();

  /** Has the next submission run something first, on its thread. */
  void beforeSubmission(Runnable action) {
    beforeSubmission.set(action);
  }

  /** Has what this thread submits end with an error from now on; with none if {@code null}. */
  void failWith(@Nullable Error failure) {
    FAILURE.set(failure);
  }

  PoolBuilder builder() {
    return Pool.builder().backend(this::create);
  }

  /**
   * The sizes, in the order of submission. A chunk that was taken back from behind a long one did
   * not run, and comes again under another id.
   */
  List<Integer> chunkSizes() {
    synchronized (sizes) {
      return sizes.entrySet().stream()
          .filter(chunk -> ran.contains(chunk.getKey()))
          .map(Map.Entry::getValue)
          .toList();
    }
  }

  private Backend create(BackendSettings settings) {
    PoolProvider provider = ServiceLoader.load(PoolProvider.class).findFirst().orElseThrow();
    return new Recorder(provider.inlineBackend(settings));
  }

  private final class Recorder implements Backend {
    private final Backend backend;

    Recorder(Backend backend) {
      this.backend = backend;
    }

    @Override
    public Set<Capability> capabilities() {
      return backend.capabilities();
    }

    @Override
    public Slot start(int number, SlotListener listener) {
      return new RecordingSlot(backend.start(number, new RecordingListener(listener)));
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  private final class RecordingListener extends ForwardingListener {

    RecordingListener(SlotListener listener) {
      super(listener);
    }

    @Override
    public void outcomes(List<SlotOutcomes> outcomes) {
      outcomes.forEach(some -> ran.add(some.chunkId()));
      super.outcomes(outcomes);
    }
  }

  private final class RecordingSlot implements Slot {
    private final Slot slot;

    RecordingSlot(Slot slot) {
      this.slot = slot;
    }

    @Override
    public void submit(Chunk chunk) {
      Runnable before = beforeSubmission.getAndSet(null);
      if (before != null) {
        before.run();
      }
      Error error = FAILURE.get();
      if (error != null) {
        throw error;
      }
      sizes.put(chunk.id(), chunk.count());
      slot.submit(chunk);
    }

    @Override
    public void flush(boolean here) {
      slot.flush(here);
    }

    @Override
    public void cancel(long chunkId, Cancel mode) {
      slot.cancel(chunkId, mode);
    }

    @Override
    public Optional<Running> running() {
      return slot.running();
    }

    @Override
    public Optional<Activity> activity() {
      return slot.activity();
    }

    @Override
    public void interrupt(Running item) {
      slot.interrupt(item);
    }

    @Override
    public void disown(Running item) {
      slot.disown(item);
    }

    @Override
    public void suspend(Consumer<String> whenSuspended) {
      slot.suspend(whenSuspended);
    }

    @Override
    public void resume() {
      slot.resume();
    }

    @Override
    public void forget(int functionId) {
      slot.forget(functionId);
    }

    @Override
    public void close(Close mode) {
      slot.close(mode);
    }
  }
}
