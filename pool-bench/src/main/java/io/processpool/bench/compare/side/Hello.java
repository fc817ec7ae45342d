package io.processpool.bench.compare.side;

/** The least that a JVM can do. */
public final class Hello {

  private Hello() {}

  /** Says so, and stays until its input ends if there is an argument. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("hello=1");
    if (arguments.length > 0) {
      System.in.read();
    }
  }
}
