package io.processpool.worker;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** What the threads of a process do, in words. */
public final class ThreadDump {
  private ThreadDump() {}

  /**
   * Looks at all threads of this process, those of tasks first.
   *
   * @return a paragraph for each, with its locks, and at the end those in a deadlock
   */
  public static String ofThisProcess() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    StringBuilder text = new StringBuilder();
    ThreadInfo[] all = threads.dumpAllThreads(true, true);
    Arrays.sort(all, (one, other) -> Boolean.compare(isOfTasks(other), isOfTasks(one)));
    for (ThreadInfo thread : all) {
      describe(thread, text);
    }
    describeDeadlock(threads, text);
    return text.toString();
  }

  private static boolean isOfTasks(ThreadInfo thread) {
    return thread.getThreadName().equals(Worker.TASKS);
  }

  private static void describe(ThreadInfo thread, StringBuilder text) {
    text.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState());
    if (thread.getLockInfo() != null) {
      text.append(" on ").append(thread.getLockInfo());
    }
    if (thread.getLockOwnerName() != null) {
      text.append(" owned by \"").append(thread.getLockOwnerName()).append('"');
    }
    text.append('\n');
    StackTraceElement[] frames = thread.getStackTrace();
    for (int depth = 0; depth < frames.length; depth++) {
      text.append("    at ").append(frames[depth]).append('\n');
      for (MonitorInfo monitor : thread.getLockedMonitors()) {
        if (monitor.getLockedStackDepth() == depth) {
          text.append("    - locked ").append(monitor).append('\n');
        }
      }
    }
    for (LockInfo lock : thread.getLockedSynchronizers()) {
      text.append("    - holds ").append(lock).append('\n');
    }
  }

  private static void describeDeadlock(ThreadMXBean threads, StringBuilder text) {
    long[] deadlocked = threads.findDeadlockedThreads();
    if (deadlocked != null) {
      text.append("Deadlock of:");
      for (ThreadInfo thread : threads.getThreadInfo(deadlocked)) {
        text.append(" \"").append(thread.getThreadName()).append('"');
      }
      text.append('\n');
    }
  }
}
