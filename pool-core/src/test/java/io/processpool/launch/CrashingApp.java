package io.processpool.launch;

import io.processpool.Pool;
import io.processpool.WorkerLostException;
import io.processpool.WorkerOutput;
import java.lang.reflect.Field;

/** An application with a task that crashes its worker; it prints where the report is. */
public final class CrashingApp {

  private CrashingApp() {}

  public static void main(String[] args) throws InterruptedException {
    try (Pool pool = Pool.builder().workers(1).output(WorkerOutput.DISCARD).build()) {
      System.out.println("returned " + pool.apply(CrashingApp::crash));
    } catch (WorkerLostException e) {
      System.out.println(e.loss().crashReport().orElseThrow());
    }
  }

  private static int crash() throws ReflectiveOperationException {
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    Field instance = unsafe.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    unsafe.getMethod("putAddress", long.class, long.class).invoke(instance.get(null), 0L, 0L);
    return 0;
  }
}
