package io.processpool.examples;

import java.lang.reflect.Field;

/** Tasks that no thread pool survives. */
final class DeadlyTasks {
  private DeadlyTasks() {}

  /** Writes to the address 0, as faulty native code might: the whole process dies of SIGSEGV. */
  static String crash() throws ReflectiveOperationException {
    Class<?> unsafeClass = Class.forName("sun.misc.Unsafe");
    Field theUnsafe = unsafeClass.getDeclaredField("theUnsafe");
    theUnsafe.setAccessible(true);
    unsafeClass.getMethod("putAddress", long.class, long.class).invoke(theUnsafe.get(null), 0L, 0L);
    return "survived the crash";
  }

  static String exit() {
    System.exit(3);
    return "survived the exit";
  }

  /** Never returns, and takes no notice of an interrupt. */
  static String loopForEver() {
    while (true) {
      Thread.onSpinWait();
    }
  }
}
