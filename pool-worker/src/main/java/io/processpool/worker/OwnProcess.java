package io.processpool.worker;

import org.jspecify.annotations.Nullable;

/** The end of a worker that has its process to itself. */
final class OwnProcess implements ProcessEnd {
  private volatile @Nullable Farewell farewell;
  private volatile @Nullable ChunkRunner runner;

  @Override
  public void exit(int status) {
    Farewell prepared = farewell;
    if (prepared != null) {
      prepared.isOrderly();
    }
    ParentWatch.killDescendants();
    System.exit(status);
  }

  @Override
  public void halt(int status, @Nullable Throwable reason) {
    ParentWatch.halt(status, reason);
  }

  @Override
  public void tell(FrameSender parent) {
    Farewell prepared = new Farewell(this::flush, parent);
    farewell = prepared;
    prepared.prepare();
  }

  @Override
  public void flushBeforeExit(ChunkRunner runner) {
    this.runner = runner;
  }

  private void flush() {
    ChunkRunner running = runner;
    if (running != null) {
      running.flush();
    }
  }
}
