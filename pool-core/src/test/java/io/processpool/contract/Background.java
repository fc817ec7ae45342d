package io.processpool.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call that a thread of its own makes while the test goes on. */
final class Background<T> {
  private final FutureTask<T> call;
  private final Thread thread;

  private Background(Callable<T> call) {
    this.call = new FutureTask<>(call);
    thread = new Thread(this.call, "background of the test");
    thread.setDaemon(true);
  }

  static <T> Background<T> start(Callable<T> call) {
    Background<T> background = new Background<>(call);
    background.thread.start();
    return background;
  }

  Thread thread() {
    return thread;
  }

  T result() throws Exception {
    return call.get(Results.BOUND.toSeconds(), TimeUnit.SECONDS);
  }
}
