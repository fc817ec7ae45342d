package io.processpool.contract;

import java.io.IOException;
import java.lang.reflect.Field;

/** Ways in which a task can end the process that it runs in. */
final class Deaths {

  private Deaths() {}

  static Object exit(int status) {
    System.exit(status);
    return "never";
  }

  static Object halt(int status) {
    Runtime.getRuntime().halt(status);
    return "never";
  }

  /** From now on this process ends in an orderly way only after a signal. */
  static void neverWithout(Signal signal) {
    Runtime.getRuntime().addShutdownHook(new Thread(signal::awaitUninterruptibly));
  }

  /** Sends a signal to this process, and waits for it to work. */
  static Object kill(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(Processes.self())).start().waitFor();
      Thread.sleep(Results.BOUND.toMillis());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "never";
  }

  /** Writes where there is no memory, as native code with a mistake in it would. */
  static Object crash() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      unsafe.getMethod("putAddress", long.class, long.class).invoke(instance.get(null), 0L, 0L);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return "never";
  }

  /** Fills the heap. */
  static Object exhaustMemory() {
    Object[] hoard = new Object[0];
    while (true) {
      hoard = new Object[] {hoard, new byte[1 << 20]};
    }
  }

  /** Asks for more than any heap can give. */
  static Object demandTooMuchMemory() {
    return new byte[Integer.MAX_VALUE];
  }

  static int overflow() {
    return deeper(0);
  }

  private static int deeper(int depth) {
    return depth < 0 ? depth : deeper(Math.abs(depth + 1)) + 1;
  }
}
