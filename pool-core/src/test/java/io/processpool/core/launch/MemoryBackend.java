package io.processpool.core.launch;

import io.processpool.PoolStartException;
import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.spi.Backend;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotProcess;
import io.processpool.testing.ForwardingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The backend of child processes without the processes; some of its workers have a fault. */
class MemoryBackend implements Backend {
  private final BackendSettings settings;
  private final Map<Integer, Fault> faults;
  private final Map<Long, MemoryTransport> workers;
  private final AtomicInteger started = new AtomicInteger();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, new DaemonThreads("pool-process-timer"));

  /**
   * Creates a backend without a worker.
   *
   * @param faults those of the workers that have one, by the order in which they are started
   * @param workers where to put the workers, by process id
   */
  MemoryBackend(
      BackendSettings settings, Map<Integer, Fault> faults, Map<Long, MemoryTransport> workers) {
    this.settings = settings;
    this.faults = Map.copyOf(faults);
    this.workers = workers;
    timer.setRemoveOnCancelPolicy(true);
  }

  static Map<Long, MemoryTransport> noWorkers() {
    return new ConcurrentHashMap<>();
  }

  /** How many limits have not come to an end. */
  int limits() {
    return timer.getQueue().size();
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Slot start(int number, SlotListener listener) {
    try {
      Path recorderFile = RecorderFiles.create();
      MemoryTransport worker =
          new MemoryTransport(faultOfNext(), () -> beforeGreeting(recorderFile));
      workers.put(worker.pid(), worker);
      SlotListener releasing = new Releasing(listener, worker, this::afterStart);
      return new ProcessSlot(number, worker, settings, List.of(), recorderFile, releasing, timer)
          .begin();
    } catch (IOException e) {
      throw new PoolStartException("No recorder file", e);
    }
  }

  /** Called before the greeting of a worker is read, by the thread that will read it. */
  void beforeGreeting(Path recorderFile) {}

  /** Called when the pool knows that a worker is up, by the thread that reads what that says. */
  void afterStart() {}

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private @Nullable Fault faultOfNext() {
    return faults.get(started.getAndIncrement());
  }

  /** Lets the threads of a worker end once nobody looks at what it left. */
  private static final class Releasing extends ForwardingListener {
    private final MemoryTransport worker;
    private final Runnable afterStart;

    Releasing(SlotListener listener, MemoryTransport worker, Runnable afterStart) {
      super(listener);
      this.worker = worker;
      this.afterStart = afterStart;
    }

    @Override
    public void started(SlotProcess process) {
      super.started(process);
      afterStart.run();
    }

    @Override
    public void gone(SlotEnd end) {
      try {
        super.gone(end);
      } finally {
        worker.worker().release();
      }
    }
  }
}
