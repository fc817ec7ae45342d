package io.processpool.examples;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.WorkerLostException;
import io.processpool.WorkerOutput;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Tasks that crash their JVM, exit it or never end, among ordinary ones, which get their results
 * all the same.
 *
 * <pre>
 * mvn package
 * java -cp pool-examples/target/pool-examples.jar io.processpool.examples.SurvivingFailures
 * </pre>
 */
public final class SurvivingFailures {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Pool pool;
  private final PrintStream out;

  SurvivingFailures(Pool pool, PrintStream out) {
    this.pool = pool;
    this.out = out;
  }

  /**
   * Runs the tasks and tells what became of each.
   *
   * @param arguments none
   * @throws Exception if a task that should have a result has none
   */
  public static void main(String[] arguments) throws Exception {
    try (Pool pool = newPool()) {
      new SurvivingFailures(pool, System.out).run();
    }
  }

  /** What a dying worker prints is in the message of the exception too, so it is not shown. */
  static Pool newPool() {
    return Pool.builder().workers(2).output(WorkerOutput.DISCARD).build();
  }

  void run() throws InterruptedException, ExecutionException {
    AsyncMapResult<Integer> before = pool.mapAsync(x -> x * x, List.of(1, 2, 3, 4, 5), 1);
    AsyncResult<String> endless = pool.applyAsync(DeadlyTasks::loopForEver);
    AsyncResult<String> crash = pool.applyAsync(DeadlyTasks::crash);
    AsyncResult<String> exit = pool.applyAsync(DeadlyTasks::exit);
    AsyncMapResult<Integer> after = pool.mapAsync(x -> x * x, List.of(6, 7, 8, 9, 10), 1);

    out.println("The tasks before have their results: " + before.get());
    tellLoss("The task that crashes", crash);
    tellLoss("The task that calls System.exit(3)", exit);
    out.println("The tasks after have their results: " + after.get());
    stopEndless("The task that loops for ever", endless);
    out.println("And the pool goes on: " + pool.map(x -> x * x, List.of(11, 12)));
  }

  private void tellLoss(String task, AsyncResult<String> result) throws InterruptedException {
    try {
      out.println(task + " returned: " + result.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkerLostException lost) {
        out.printf(
            "%s took its worker, process %d, with it: exit status %d%n",
            task, lost.pid(), lost.exitStatus().orElse(-1));
      } else {
        out.println(task + " threw: " + e.getCause());
      }
    }
  }

  private void stopEndless(String task, AsyncResult<String> result)
      throws InterruptedException, ExecutionException {
    try {
      out.println(task + " returned: " + result.get(PATIENCE));
    } catch (TimeoutException e) {
      result.cancel(true);
      out.println(task + " gave no result within " + PATIENCE.toSeconds() + " s and was cancelled");
    }
  }
}
