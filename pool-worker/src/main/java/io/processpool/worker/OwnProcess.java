package io.processpool.worker;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** The process of a worker that was started as one. */
final class OwnProcess implements HostProcess {
  private volatile @Nullable Farewell farewell;
  private volatile @Nullable ChunkRunner runner;

  @Override
  public void exit(int status) {
    Farewell prepared = farewell;
    if (prepared != null) {
      prepared.isOrderly();
    }
    ParentWatch.prepareExit();
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

  @Override
  public void printTo(PrintStream out, PrintStream err) {
    System.setOut(out);
    System.setErr(err);
  }

  private void flush() {
    ChunkRunner running = runner;
    if (running != null) {
      running.flush();
    }
  }
}
