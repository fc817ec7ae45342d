package io.processpool.worker;

/** Ends this process, and what it has started, once its parent is gone. */
final class ParentWatch {

  private ParentWatch() {}

  static void start(long parentPid) {
    ProcessHandle parent = ProcessHandle.of(parentPid).orElse(null);
    if (parent == null) {
      parentIsGone();
    } else {
      var unused = parent.onExit().thenRun(ParentWatch::parentIsGone);
    }
  }

  static void parentIsGone() {
    killDescendants();
    Runtime.getRuntime().halt(ExitStatus.PARENT_GONE);
  }

  static void killDescendants() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
