package io.processpool.launch;

import io.processpool.Args;
import io.processpool.Pool;
import java.util.List;

/** An application with a class and a lambda of its own, which its workers have to find. */
public final class LaunchedApp {

  private LaunchedApp() {}

  record Squared(int of, int value) {}

  /** Without a constructor that takes nothing. */
  static final class Bare {
    private final int number;
    private final String name;

    Bare(int number, String name) {
      this.number = number;
      this.name = name;
    }

    @Override
    public String toString() {
      return number + " is " + name;
    }
  }

  public static void main(String[] args) throws InterruptedException {
    try (Pool pool = Pool.create(2)) {
      System.out.println(pool.map(x -> new Squared(x, x * x), List.of(1, 2, 3)));
      System.out.println(pool.starmap(Bare::new, List.of(Args.of(1, "one"))));
    }
  }
}
