package io.processpool.bench.compare.side;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/** The JDK's {@link ForkJoinPool} of two threads, in one process. */
final class ThreadsPlayer {
  private static final int THREADS = 2;

  private final ForkJoinPool threads = new ForkJoinPool(THREADS);

  private ThreadsPlayer() {}

  /** Plays until the input ends. */
  public static void main(String[] arguments) throws Exception {
    ThreadsPlayer player = new ThreadsPlayer();
    Serving.serve(Map.of("spin", player::spin, "best", player::best));
  }

  private String spin(List<String> arguments) throws Exception {
    int count = Integer.parseInt(arguments.get(0));
    List<Integer> items = Collections.nCopies(count, Integer.valueOf(arguments.get(1)));
    return Clock.rate(
        count, () -> threads.submit(() -> items.parallelStream().map(Work::spin).toList()).get());
  }

  /** A skewed load by the best possible schedule: the longest first, halved. */
  private String best(List<String> arguments) throws Exception {
    List<Integer> longestFirst = new ArrayList<>(Work.skewed(arguments));
    longestFirst.sort(Collections.reverseOrder());
    List<List<Integer>> shares = List.of(new ArrayList<>(), new ArrayList<>());
    long[] loads = new long[THREADS];
    for (int item : longestFirst) {
      int lighter = loads[0] <= loads[1] ? 0 : 1;
      loads[lighter] += item;
      shares.get(lighter).add(item);
    }
    double seconds =
        Clock.seconds(
            () -> {
              var second = threads.submit(() -> shares.get(1).stream().map(Work::spin).toList());
              threads.submit(() -> shares.get(0).stream().map(Work::spin).toList()).get();
              second.get();
            });
    return "millis=" + 1000 * seconds;
  }
}
