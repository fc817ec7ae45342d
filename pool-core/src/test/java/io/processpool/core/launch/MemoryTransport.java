package io.processpool.core.launch;

import io.processpool.core.output.PrintedLines;
import io.processpool.worker.MemoryWorker;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker on threads of this JVM, and the channel to it, with a fault or without. */
final class MemoryTransport implements WorkerTransport {
  private static final long PATIENCE_MILLIS = 5;

  private final MemoryPipe toWorker = new MemoryPipe();
  private final MemoryPipe fromWorker = new MemoryPipe();
  private final PrintedLines output = new PrintedLines();
  private final MemoryWorker worker = new MemoryWorker(this::closeWorkersEnds);
  private final OutputStream parentsEnd;
  private final Runnable beforeReading;
  private volatile @Nullable Fault happened;

  MemoryTransport(@Nullable Fault fault, Runnable beforeReading) {
    this.beforeReading = beforeReading;
    parentsEnd =
        fault != null && fault.toWorker()
            ? new FaultyOutput(toWorker.out, fault, this)
            : toWorker.out;
    OutputStream workersEnd =
        fault != null && !fault.toWorker()
            ? new FaultyOutput(fromWorker.out, fault, this)
            : fromWorker.out;
    worker.start(toWorker.in, workersEnd);
  }

  MemoryWorker worker() {
    return worker;
  }

  /** The fault that this worker had; {@code null} if none has happened yet. */
  @Nullable Fault happened() {
    return happened;
  }

  void faultHappens(Fault fault) {
    happened = fault;
  }

  void cut(boolean towardsWorker) {
    (towardsWorker ? toWorker : fromWorker).end();
  }

  void stall(boolean towardsWorker) {
    (towardsWorker ? toWorker : fromWorker).stall();
  }

  @Override
  public long pid() {
    return worker.pid();
  }

  @Override
  public List<String> command() {
    return List.of("in-memory");
  }

  @Override
  public OutputStream toWorker() {
    return parentsEnd;
  }

  @Override
  public InputStream fromWorker() {
    beforeReading.run();
    return fromWorker.in;
  }

  @Override
  public boolean channelMayHaveNoise() {
    return false;
  }

  @Override
  public PrintedLines output() {
    return output;
  }

  @Override
  public void readOutput() {}

  @Override
  public void kill() {
    worker.die(137);
  }

  @Override
  public void endSoon() {
    worker.dieWithin(PATIENCE_MILLIS);
  }

  @Override
  public void awaitEnd() {
    worker.awaitEnd();
  }

  @Override
  public Remains remains() {
    return new Remains(pid(), Duration.ZERO, worker.awaitEnd(), List.of(), null);
  }

  private void closeWorkersEnds() {
    fromWorker.end();
    toWorker.breakOff();
  }
}
