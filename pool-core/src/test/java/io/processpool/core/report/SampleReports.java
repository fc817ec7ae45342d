package io.processpool.core.report;

import static io.processpool.core.report.SampleTask.task;

import io.processpool.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Reports of made up pools, from none to many tasks. */
final class SampleReports {
  private static final String[] LABELS = {"Thumbnail.render", "Words.count", "Model.score"};

  private SampleReports() {}

  /** Writes pages to look at into the directory that is the argument. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    for (int tasks : new int[] {0, 1, 50, 2_000, 100_000}) {
      Report report = of(tasks);
      report.writeHtml(directory.resolve(tasks + ".html"));
      report.writeTrace(directory.resolve(tasks + ".json"));
      Files.writeString(directory.resolve(tasks + ".txt"), report.toString());
    }
    recycled().writeHtml(directory.resolve("recycled.html"));
  }

  /** Eight workers and maps of three labels, with some failures, two losses and a straggler. */
  static Report of(int tasks) {
    Random random = new Random(tasks);
    SamplePool pool = new SamplePool();
    int workers = tasks == 0 ? 0 : Math.min(8, Math.max(1, tasks / 6));
    long[] free = new long[workers];
    int[] ids = new int[workers];
    long[] started = new long[workers];
    long[] ready = new long[workers];
    for (int i = 0; i < workers; i++) {
      ids[i] = i + 1;
      started[i] = 2_000 + 800L * i;
      ready[i] = started[i] + 150_000 + random.nextInt(60_000);
      free[i] = ready[i];
    }
    int next = workers;
    int[] items = new int[4];
    double scale = Math.min(60_000, 40_000_000.0 / Math.max(1, tasks));
    for (int i = 0; i < tasks; i++) {
      int w = 0;
      for (int other = 1; other < workers; other++) {
        w = free[other] < free[w] ? other : w;
      }
      int map = 1 + 3 * i / tasks;
      long length = (long) (scale * (0.4 + random.nextDouble()) * (map == 2 ? 2 : 1)) + 3;
      length = i == tasks * 2 / 3 - 1 ? length * 14 : length;
      SampleTask.Builder task =
          task(map + "." + items[map]++, ids[w], free[w] + 12, length)
              .label(LABELS[map - 1])
              .argument(2_000, length / 20)
              .result(900 + random.nextInt(4000), length / 12);
      if (i % 97 == 41) {
        task.status(TaskStatus.FAILED);
      }
      boolean lost = tasks > 20 && (i == tasks / 5 || i == tasks / 2);
      pool.add(lost ? task.lost() : task);
      free[w] += 12 + length;
      if (lost) {
        pool.lost(ids[w], started[w], ready[w], free[w], "killed by SIGKILL");
        ids[w] = ++next;
        started[w] = free[w] + 3_000;
        ready[w] = started[w] + 170_000;
        free[w] = ready[w];
      }
    }
    for (int i = 0; i < workers; i++) {
      pool.starting(ids[i], started[i], ready[i]);
    }
    return pool.report();
  }

  /** Workers that do five tasks each. */
  static Report recycled() {
    SamplePool pool = new SamplePool();
    for (int id = 1; id <= 120; id++) {
      long start = (id - 1) / 4 * 400_000L + (id % 4) * 30_000L;
      pool.lost(id, start, start + 200_000, start + 360_000, "had run 5 tasks");
      for (int i = 0; i < 5; i++) {
        pool.add(task("1." + (5 * (id - 1) + i), id, start + 205_000 + 30_000L * i, 25_000));
      }
    }
    return pool.report();
  }
}
