package io.processpool.worker;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one thread, that which first asks, uses of the machine. The JVM's beans that tell take some
 * 25 ms to load, so that they are loaded beside the first work if that takes long, and nothing is
 * known until then.
 */
final class Usages {
  /** Processor time costs a microsecond to ask for. */
  private static final long MOMENT = TimeUnit.MICROSECONDS.toNanos(100);

  /** How long to leave the processors to the work that is there first, and to other workers. */
  private static final long PATIENCE_MILLIS = 20;

  /** The clock of garbage collections has no smaller unit. */
  private static final long GC_UNIT = TimeUnit.MILLISECONDS.toNanos(1);

  private boolean asked;
  private long cpuAskedAt;
  private volatile @Nullable Beans beans;
  private volatile @Nullable Reading first;
  private @Nullable Reading last;
  private long gcAskedAt;

  /**
   * What was used until a moment.
   *
   * @param time the moment, in nanoseconds
   * @param cpu the processor time of the thread, in nanoseconds
   * @param allocated the bytes that the thread has allocated
   * @param gc how long garbage was collected in this JVM, in nanoseconds
   */
  record Reading(long time, long cpu, long allocated, long gc) {}

  /** What was used until now; {@code null} if that is not known. By the thread that is meant. */
  @Nullable Reading now() {
    Beans loaded = loaded();
    return loaded == null ? null : read(loaded, cpu(loaded, System.nanoTime()));
  }

  /** The same, if the thread has used so much processor time since the last time. */
  @Nullable Reading after(long cpu) {
    Beans loaded = loaded();
    if (loaded == null) {
      return null;
    }
    return last == null ? now() : read(loaded, last.cpu() + cpu);
  }

  /** The thread has nothing to do for the moment. */
  void rest() {
    Beans loaded = loaded();
    long time = System.nanoTime();
    if (loaded != null && (last == null || time - cpuAskedAt >= MOMENT)) {
      read(loaded, cpu(loaded, time));
    }
  }

  private @Nullable Beans loaded() {
    Beans loaded = beans;
    if (loaded == null && !asked) {
      asked = true;
      load();
    }
    return loaded;
  }

  private long cpu(Beans loaded, long time) {
    cpuAskedAt = time;
    return loaded.threads().getCurrentThreadCpuTime();
  }

  private Reading read(Beans loaded, long cpu) {
    long time = System.nanoTime();
    long allocated = loaded.threads().getCurrentThreadAllocatedBytes();
    Reading reading = new Reading(time, cpu, allocated, gc(loaded, time));
    last = reading;
    return reading;
  }

  private long gc(Beans loaded, long time) {
    if (last != null && time - gcAskedAt < GC_UNIT) {
      return last.gc();
    }
    gcAskedAt = time;
    return loaded.gc();
  }

  /** What was used when it was first known; {@code null} if it is not known. */
  @Nullable Reading first() {
    return first;
  }

  private void load() {
    Thread thread = Thread.currentThread();
    Thread loader =
        new Thread(
            () -> {
              pause();
              Beans loaded = Beans.load();
              first = loaded.read(thread);
              beans = loaded;
            },
            "pool-usage-loader");
    loader.setDaemon(true);
    loader.setUncaughtExceptionHandler((ended, why) -> {}); // this JVM has no such beans
    loader.start();
  }

  private static void pause() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      // Some task's doing; then at once.
    }
  }

  private record Beans(ThreadMXBean threads, List<GarbageCollectorMXBean> collectors) {

    static Beans load() {
      ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
      if (!threads.isThreadCpuTimeSupported() || !threads.isThreadAllocatedMemorySupported()) {
        throw new UnsupportedOperationException("This JVM does not measure threads");
      }
      return new Beans(threads, List.copyOf(ManagementFactory.getGarbageCollectorMXBeans()));
    }

    Reading read(Thread thread) {
      long id = thread.getId();
      return new Reading(
          System.nanoTime(),
          threads.getThreadCpuTime(id),
          threads.getThreadAllocatedBytes(id),
          gc());
    }

    long gc() {
      long millis = 0;
      for (GarbageCollectorMXBean collector : collectors) {
        millis += collector.getCollectionTime();
      }
      return TimeUnit.MILLISECONDS.toNanos(millis);
    }
  }
}
