package io.processpool.testing;

import io.processpool.spi.PrintedLine;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.SlotTotals;
import java.util.List;

/** Tells another listener all that it is told. */
public class ForwardingListener implements SlotListener {
  private final SlotListener listener;

  /** Creates one that tells the given listener. */
  public ForwardingListener(SlotListener listener) {
    this.listener = listener;
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
  public void returned(long chunkId) {
    listener.returned(chunkId);
  }

  @Override
  public void worked(SlotTotals totals) {
    listener.worked(totals);
  }

  @Override
  public void printed(PrintedLine line) {
    listener.printed(line);
  }

  @Override
  public void printedAside(PrintedLine line) {
    listener.printedAside(line);
  }

  @Override
  public void worn(String why) {
    listener.worn(why);
  }

  @Override
  public void logged(byte[] event) {
    listener.logged(event);
  }

  @Override
  public void loggerUsed(String name) {
    listener.loggerUsed(name);
  }

  @Override
  public void gone(SlotEnd end) {
    listener.gone(end);
  }
}
