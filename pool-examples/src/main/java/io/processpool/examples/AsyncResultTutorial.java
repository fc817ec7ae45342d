package io.processpool.examples;

import io.processpool.Args;
import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * What can be done with an {@link AsyncResult}, one example after the other, in the order of the
 * tutorials on Python's class of that name.
 *
 * <pre>
 * mvn package
 * java -cp pool-examples/target/pool-examples.jar io.processpool.examples.AsyncResultTutorial
 * </pre>
 */
public final class AsyncResultTutorial {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration AMPLE = Duration.ofSeconds(30);

  private final Pool pool;
  private final PrintStream out;

  AsyncResultTutorial(Pool pool, PrintStream out) {
    this.pool = pool;
    this.out = out;
  }

  /**
   * Runs every example.
   *
   * @param arguments none
   * @throws Exception if an example fails
   */
  public static void main(String[] arguments) throws Exception {
    try (Pool pool = Pool.create(4)) {
      new AsyncResultTutorial(pool, System.out).run();
    }
  }

  void run() throws InterruptedException, ExecutionException, TimeoutException {
    getOneResult();
    getAllResults();
    getResultsOfTwoArguments();
    getWithTimeout();
    getWithTooShortTimeout();
    getException();
    waitForTask();
    waitWithTimeout();
    askWhetherReady();
    askWhetherSuccessful();
    askWhetherUnsuccessful();
    askTooEarly();
  }

  private void getOneResult() throws InterruptedException, ExecutionException {
    title("applyAsync and get: the result of one task");
    AsyncResult<String> result = pool.applyAsync(Tasks::greet, "world");
    out.println("Got: " + result.get());
  }

  private void getAllResults() throws InterruptedException, ExecutionException {
    title("mapAsync and get: the results of one task for each item, in order");
    AsyncMapResult<Integer> result = pool.mapAsync(Tasks::square, List.of(1, 2, 3, 4, 5));
    out.println("Got: " + result.get());
  }

  private void getResultsOfTwoArguments() throws InterruptedException, ExecutionException {
    title("starmapAsync and get: the results of one task for each pair of arguments");
    AsyncMapResult<Integer> result =
        pool.starmapAsync(Tasks::multiply, List.of(Args.of(2, 3), Args.of(4, 5), Args.of(6, 7)));
    out.println("Got: " + result.get());
  }

  private void getWithTimeout() throws InterruptedException, ExecutionException, TimeoutException {
    title("get with a timeout that is long enough");
    AsyncResult<String> result = pool.applyAsync(Tasks::sleepBriefly);
    out.println("Got: " + result.get(AMPLE));
  }

  private void getWithTooShortTimeout() throws InterruptedException, ExecutionException {
    title("get with a timeout that is too short: the task goes on");
    AsyncResult<String> result = pool.applyAsync(Tasks::sleepOneSecond);
    try {
      out.println("Got: " + result.get(SHORT));
    } catch (TimeoutException e) {
      out.println("Nothing after " + SHORT.toMillis() + " ms: " + e.getMessage());
    }
    out.println("Got: " + result.get());
  }

  private void getException() throws InterruptedException {
    title("get when the task throws: the cause is the task's own exception");
    AsyncResult<String> result = pool.applyAsync(Tasks::fail);
    try {
      out.println("Got: " + result.get());
    } catch (ExecutionException e) {
      out.println("The task threw: " + e.getCause());
    }
  }

  private void waitForTask() throws InterruptedException {
    title("await: wait for the task without asking for its result");
    AsyncResult<String> result = pool.applyAsync(Tasks::sleepBriefly);
    result.await();
    out.println("The task is done.");
  }

  private void waitWithTimeout() throws InterruptedException {
    title("await with a timeout: tells whether the task is done");
    AsyncResult<String> result = pool.applyAsync(Tasks::sleepOneSecond);
    out.println("Done after " + SHORT.toMillis() + " ms: " + result.await(SHORT));
    out.println("Done after a longer wait: " + result.await(AMPLE));
  }

  private void askWhetherReady() throws InterruptedException {
    title("ready: asks without waiting");
    AsyncResult<String> result = pool.applyAsync(Tasks::sleepBriefly);
    while (!result.ready()) {
      out.println("Not ready yet.");
      result.await(SHORT);
    }
    out.println("Ready.");
  }

  private void askWhetherSuccessful() throws InterruptedException {
    title("successful: true if the task returned");
    AsyncResult<String> result = pool.applyAsync(Tasks::sleepBriefly);
    result.await();
    out.println("Successful: " + result.successful());
  }

  private void askWhetherUnsuccessful() throws InterruptedException {
    title("successful: false if the task threw");
    AsyncResult<String> result = pool.applyAsync(Tasks::fail);
    result.await();
    out.println("Successful: " + result.successful());
  }

  private void askTooEarly() throws InterruptedException {
    title("successful while the task runs: that cannot be known yet");
    AsyncResult<String> result = pool.applyAsync(Tasks::sleepOneSecond);
    try {
      out.println("Successful: " + result.successful());
    } catch (IllegalStateException e) {
      out.println("Too early: " + e.getMessage());
    }
    result.await();
    out.println("Successful: " + result.successful());
  }

  private void title(String text) {
    out.println();
    out.println("== " + text);
  }

  /** What the workers do in this tutorial. */
  private static final class Tasks {
    static String greet(String name) {
      return "Hello, " + name + ", from process " + ProcessHandle.current().pid();
    }

    static int square(int number) {
      return number * number;
    }

    static int multiply(int first, int second) {
      return first * second;
    }

    static String sleepBriefly() throws InterruptedException {
      return sleep(Duration.ofMillis(300));
    }

    static String sleepOneSecond() throws InterruptedException {
      return sleep(Duration.ofSeconds(1));
    }

    static String fail() throws IOException {
      throw new IOException("something bad happened");
    }

    private static String sleep(Duration time) throws InterruptedException {
      Thread.sleep(time.toMillis());
      return "slept for " + time.toMillis() + " ms";
    }
  }
}
