package io.processpool.bench.chaos;

import io.processpool.bench.chaos.Hits.Torment;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Kills, terminates and stops workers of this JVM, picked at random. */
final class Tormentor {
  private static final int SHORTEST_REST_MILLIS = 20;
  private static final int LONGEST_REST_MILLIS = 500;
  private static final int LONGEST_STOP_MILLIS = 3000;

  private final SplittableRandom random;
  private final Hits hits;
  private final Thread thread = new Thread(this::torment, "chaos-tormentor");
  private final Thread release = new Thread(this::releaseAll, "chaos-release");
  private final Map<ProcessHandle, Long> stopped = new HashMap<>();

  Tormentor(SplittableRandom random, Hits hits) {
    this.random = random;
    this.hits = hits;
  }

  /** Begins. Should this JVM be ended, what is stopped is let go first, for it would stay. */
  void start() {
    Runtime.getRuntime().addShutdownHook(release);
    thread.start();
  }

  private void torment() {
    try {
      while (true) {
        Thread.sleep(random.nextInt(SHORTEST_REST_MILLIS, LONGEST_REST_MILLIS));
        releaseThoseDue();
        hurt();
      }
    } catch (InterruptedException e) {
      releaseAll();
    } catch (IOException e) {
      releaseAll();
      throw new IllegalStateException("No signal can be sent", e);
    }
  }

  private void hurt() throws IOException, InterruptedException {
    List<ProcessHandle> workers =
        ProcessHandle.current().children().filter(Workshop::isWorker).collect(Collectors.toList());
    if (workers.isEmpty()) {
      return;
    }
    ProcessHandle victim = workers.get(random.nextInt(workers.size()));
    int choice = random.nextInt(10);
    if (choice < 5) {
      hits.add(victim.pid(), Torment.KILL);
      victim.destroyForcibly();
    } else if (choice < 7) {
      hits.add(victim.pid(), Torment.TERM);
      victim.destroy();
    } else {
      stop(victim, workers.size());
    }
  }

  /** Stops a process, unless half of them are stopped already. */
  private void stop(ProcessHandle victim, int processes) throws IOException, InterruptedException {
    long millis = random.nextInt(LONGEST_STOP_MILLIS);
    synchronized (stopped) {
      if (2 * stopped.size() >= processes || !victim.isAlive()) {
        return;
      }
      hits.add(victim.pid(), Torment.STOP);
      stopped.put(victim, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
      Signals.send("STOP", victim.pid());
    }
  }

  private void releaseThoseDue() {
    long now = System.nanoTime();
    synchronized (stopped) {
      stopped.entrySet().removeIf(entry -> now - entry.getValue() >= 0 && release(entry.getKey()));
    }
  }

  private void releaseAll() {
    synchronized (stopped) {
      stopped.keySet().removeIf(this::release);
    }
  }

  private boolean release(ProcessHandle process) {
    if (process.isAlive()) {
      hits.add(process.pid(), Torment.CONT);
      try {
        Signals.send("CONT", process.pid());
      } catch (IOException e) {
        throw new IllegalStateException("Process " + process.pid() + " cannot be continued", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }

  /** Has nobody hurt any more, and lets go what is stopped. */
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
    releaseAll();
    Runtime.getRuntime().removeShutdownHook(release);
  }
}
