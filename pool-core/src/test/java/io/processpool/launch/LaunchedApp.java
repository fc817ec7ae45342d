package io.processpool.launch;

import io.processpool.Pool;
import java.util.List;

/** An application with a class and a lambda of its own, which its workers have to find. */
public final class LaunchedApp {

  private LaunchedApp() {}

  record Squared(int of, int value) {}

  public static void main(String[] args) throws InterruptedException {
    try (Pool pool = Pool.create(2)) {
      System.out.println(pool.map(x -> new Squared(x, x * x), List.of(1, 2, 3)));
    }
  }
}
