package io.processpool.bench.compare.side;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Ours again: what pools take of the machine. */
final class FootprintPlayer {
  private static final int WORKERS = 2;
  private static final int TASKS = 20_000;
  private static final int TASKS_OF_EACH = 5_000;
  private static final int DISPATCHED = 200_000;
  private static final int SETTLE_MILLIS = 2000;
  private static final int IDLE_MILLIS = 5000;
  private static final int LOOK_MILLIS = 5;

  private FootprintPlayer() {}

  /** Plays until the input ends. */
  public static void main(String[] arguments) throws Exception {
    Serving.serve(
        Map.of(
            "idle", FootprintPlayer::idle,
            "heap", FootprintPlayer::heap,
            "dispatch", FootprintPlayer::dispatch,
            "start", FootprintPlayer::start));
  }

  /**
   * Memory of an idle worker and of a bare JVM with its flags, and what they use of a processor.
   */
  private static String idle(List<String> arguments) throws Exception {
    try (Pool pool = Pool.create(WORKERS)) {
      int sum = pool.map(n -> n + 1, numbers(TASKS), 1).get(TASKS - 1);
      ProcessHandle worker = Machine.workers().get(0);
      try (BareJvms bare = BareJvms.start(1, Machine.flags(worker))) {
        bare.awaitReady();
        Thread.sleep(SETTLE_MILLIS);
        double cpu = Machine.cpuMillis(worker);
        double bareCpu = Machine.cpuMillis(bare.first());
        double parentCpu = Machine.cpuMillis(ProcessHandle.current());
        Thread.sleep(IDLE_MILLIS);
        double seconds = IDLE_MILLIS / 1000.0;
        return "worker="
            + Machine.residentMiB(worker)
            + " bare="
            + Machine.residentMiB(bare.first())
            + " cpu="
            + (Machine.cpuMillis(worker) - cpu) / seconds
            + " parentCpu="
            + (Machine.cpuMillis(ProcessHandle.current()) - parentCpu) / seconds
            + " bareCpu="
            + (Machine.cpuMillis(bare.first()) - bareCpu) / seconds
            + " sum="
            + sum;
      }
    }
  }

  /**
   * Bytes of this JVM's heap for each task that waits, beside its argument and its handle's place.
   */
  private static String heap(List<String> arguments) throws Exception {
    int count = Integer.parseInt(arguments.get(0));
    List<Integer> items = numbers(count);
    List<AsyncResult<Integer>> handles = new ArrayList<>(Collections.nCopies(count, null));
    try (Pool pool = Pool.create(WORKERS)) {
      AsyncResult<?> blockers = pool.mapAsync(FootprintPlayer::sleep, numbers(WORKERS * 8), 1);
      for (int i = 0; i < TASKS; i++) { // so that what is made once is there
        pool.applyAsync(n -> n + 1, i).cancel(false);
      }
      long before = Machine.usedHeap();
      for (int i = 0; i < count; i++) {
        handles.set(i, pool.applyAsync(n -> n + 1, items.get(i)));
      }
      double bytes = (double) (Machine.usedHeap() - before) / count;
      if (blockers.ready() || handles.get(count - 1).ready()) {
        throw new IllegalStateException("The workers were not busy");
      }
      pool.terminate();
      return "bytes=" + bytes;
    }
  }

  private static int sleep(int millis) throws InterruptedException {
    Thread.sleep(600_000 + millis);
    return millis;
  }

  /**
   * The parent's processor time for each trivial task, with pools of several sizes. The workers of
   * all of them have run as much before.
   */
  private static String dispatch(List<String> sizes) throws Exception {
    StringBuilder figures = new StringBuilder();
    for (String size : sizes) {
      int workers = Integer.parseInt(size);
      try (Pool pool = Pool.create(workers)) {
        awaitAll(pool, workers);
        List<Integer> items = numbers(workers * TASKS_OF_EACH);
        mapOften(pool, items, 3);
        double before = Machine.cpuMillis(ProcessHandle.current());
        int times = Math.max(3, DISPATCHED / items.size());
        mapOften(pool, items, times);
        double cpu = Machine.cpuMillis(ProcessHandle.current()) - before;
        double micros = 1000 * cpu / items.size() / times;
        figures.append("cpu").append(size).append('=').append(micros).append(' ');
      }
    }
    return figures.toString();
  }

  private static void mapOften(Pool pool, List<Integer> items, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      var unused = pool.map(n -> n + 1, items, 1);
    }
  }

  /** How long it takes until that many workers are ready, and as many bare JVMs. */
  private static String start(List<String> arguments) throws Exception {
    int count = Integer.parseInt(arguments.get(0));
    List<String> flags;
    double cpu = Machine.cpuMillis(ProcessHandle.current());
    long start = System.nanoTime();
    double seconds;
    try (Pool pool = Pool.create(count)) {
      awaitAll(pool, count);
      seconds = (System.nanoTime() - start) / 1e9;
      cpu = Machine.cpuMillis(ProcessHandle.current()) - cpu;
      flags = Machine.flags(Machine.workers().get(0));
    }
    double bare =
        Clock.seconds(
            () -> {
              try (BareJvms jvms = BareJvms.start(count, flags)) {
                jvms.awaitReady();
              }
            });
    return "seconds=" + seconds + " bare=" + bare + " cpu=" + cpu / 1000;
  }

  private static void awaitAll(Pool pool, int count) throws InterruptedException {
    while (pool.stats().workers().stream().filter(worker -> worker.ready().isPresent()).count()
        < count) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
