package io.processpool.worker;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one thread, that which first asks, uses of the machine. The JVM's beans that tell take some
 * 25 ms to load, so that they are loaded beside the first work, and nothing is known until then.
 */
final class Usages {
  private boolean asked;
  private volatile @Nullable Beans beans;
  private volatile @Nullable Reading first;

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
    Beans loaded = beans;
    if (loaded != null) {
      return loaded.read(Thread.currentThread());
    }
    if (!asked) {
      asked = true;
      load(Thread.currentThread());
    }
    return null;
  }

  /** What was used when it was first known; {@code null} if it is not known. */
  @Nullable Reading first() {
    return first;
  }

  private void load(Thread thread) {
    Thread loader =
        new Thread(
            () -> {
              Beans loaded = Beans.load();
              first = loaded.read(thread);
              beans = loaded;
            },
            "pool-usage-loader");
    loader.setDaemon(true);
    loader.setUncaughtExceptionHandler((ended, why) -> {}); // this JVM has no such beans
    loader.start();
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
      long gc = 0;
      for (GarbageCollectorMXBean collector : collectors) {
        gc += collector.getCollectionTime();
      }
      return new Reading(
          System.nanoTime(),
          threads.getThreadCpuTime(thread.getId()),
          threads.getThreadAllocatedBytes(thread.getId()),
          TimeUnit.MILLISECONDS.toNanos(gc));
    }
  }
}
