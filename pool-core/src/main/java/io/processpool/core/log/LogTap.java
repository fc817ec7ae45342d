package io.processpool.core.log;

import io.processpool.spi.PrintedLine;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.SlotTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what one slot says of logging, and hands on all else. */
final class LogTap implements SlotListener {
  private final int worker;
  private final SlotListener listener;
  private final LogQueue queue;
  private final KnownLoggers loggers;
  private final List<Consumer<Slot>> untold = new ArrayList<>();
  private int loggersLeft = KnownLoggers.MOST;
  private @Nullable Slot slot;

  LogTap(int worker, SlotListener listener, LogQueue queue, KnownLoggers loggers) {
    this.worker = worker;
    this.listener = listener;
    this.queue = queue;
    this.loggers = loggers;
  }

  /** A slot may speak before who starts it knows it. */
  synchronized void attach(Slot slot) {
    this.slot = slot;
    untold.forEach(words -> words.accept(slot));
    untold.clear();
  }

  synchronized void setLevel(String logger, System.Logger.Level level) {
    if (slot == null) {
      untold.add(attached -> attached.setLevel(logger, level));
    } else {
      slot.setLevel(logger, level);
    }
  }

  @Override
  public void logged(byte[] event) {
    queue.add(event.length, () -> LogReplay.replay(worker, event));
  }

  @Override
  public void loggerUsed(String name) {
    if (loggersLeft > 0) {
      loggersLeft--;
      queue.addAlways(() -> loggers.use(name, this));
    }
  }

  @Override
  public void gone(SlotEnd end) {
    if (loggersLeft < KnownLoggers.MOST) {
      queue.addAlways(() -> loggers.forget(this));
    }
    listener.gone(end);
  }

  @Override
  public void started(SlotProcess process) {
    listener.started(process);
  }

  @Override
  public void ready() {
    listener.ready();
  }

  @Override
  public void outcomes(List<SlotOutcomes> outcomes) {
    listener.outcomes(outcomes);
  }

  @Override
  public void worked(SlotTotals totals) {
    listener.worked(totals);
  }

  @Override
  public void printed(PrintedLine line) {
    listener.printed(line);
  }

  /** Without a lock: it may be called while another method is, and may take its time. */
  @Override
  public void printedAside(PrintedLine line) {
    listener.printedAside(line);
  }

  @Override
  public void returned(long chunkId) {
    listener.returned(chunkId);
  }

  @Override
  public void worn(String why) {
    listener.worn(why);
  }
}
