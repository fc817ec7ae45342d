package io.processpool.bench.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What the tormentor did to which process. Safe for use by several threads. */
final class Hits {
  private final Map<Long, List<Hit>> hits = new ConcurrentHashMap<>();
  private final long start = System.nanoTime();

  /** What is done to a process. */
  enum Torment {
    KILL,
    TERM,
    STOP,
    CONT
  }

  private record Hit(Torment torment, double second) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "SIG%s at %.3f s", torment, second);
    }
  }

  /** Notes a torment, before it is inflicted. */
  void add(long pid, Torment torment) {
    hits.computeIfAbsent(pid, unused -> new CopyOnWriteArrayList<>())
        .add(new Hit(torment, (System.nanoTime() - start) / 1e9));
  }

  /** Tells whether a process was sent what ends it. */
  boolean isMortal(long pid) {
    return wasSent(pid, Torment.KILL) || wasSent(pid, Torment.TERM);
  }

  /** Tells whether a process was stopped for a while. */
  boolean wasStopped(long pid) {
    return wasSent(pid, Torment.STOP);
  }

  private boolean wasSent(long pid, Torment torment) {
    return hits.getOrDefault(pid, List.of()).stream().anyMatch(hit -> hit.torment() == torment);
  }

  long count(Torment torment) {
    return hits.values().stream()
        .flatMap(List::stream)
        .filter(hit -> hit.torment() == torment)
        .count();
  }

  /** How often a process was sent what ends it. */
  long mortal() {
    return count(Torment.KILL) + count(Torment.TERM);
  }

  /** What was done to a process, in words. */
  String describe(long pid) {
    String all =
        hits.getOrDefault(pid, List.of()).stream()
            .map(Hit::toString)
            .collect(Collectors.joining(", "));
    return "process " + pid + (all.isEmpty() ? " (not tormented)" : " (" + all + ")");
  }
}
