package io.processpool.spi;

import java.util.List;

/**
 * Told of what happens to a slot, in order and by one thread at a time. The first call is {@link
 * #started} or {@link #gone}, the last one is {@link #gone}. The methods return soon and never
 * throw.
 */
public interface SlotListener {

  /**
   * The slot is up and speaks the pool's language.
   *
   * @param process where it runs
   */
  void started(SlotProcess process);

  /** The slot takes chunks: its process is up and its initializer has run. */
  void ready();

  /**
   * Items of chunks are done. The items of a chunk are done in order, each told once. With the last
   * one the chunk has left the slot. What is known at the same time is best told together: the slot
   * is given more to do once for all of it.
   *
   * @param outcomes their outcomes, in order; the list is the listener's
   */
  void outcomes(List<SlotOutcomes> outcomes);

  /**
   * Tells what the slot has done so far, before any outcomes are told that are new in it.
   *
   * @param totals the totals
   */
  void worked(SlotTotals totals);

  /**
   * A chunk has left the slot before all of its items were done, for it was cancelled. Items of
   * which no outcome was told never started.
   *
   * @param chunkId the chunk
   */
  void returned(long chunkId);

  /**
   * Something was printed in the slot. What an item has printed by the means of Java is told so
   * before its outcome is, where the pool keeps it.
   *
   * @param line the line
   */
  void printed(PrintedLine line);

  /**
   * Something was printed in the slot, told apart from all else. Unlike the others, this one may be
   * called while another is, or after the last one, and may take its time: the slot waits with
   * whatever it prints next, and with nothing else.
   *
   * @param line the line
   */
  void printedAside(PrintedLine line);

  /**
   * The slot can go on, but asks to be replaced.
   *
   * @param why in words
   */
  void worn(String why);

  /**
   * Something was logged in the slot. Perhaps a slot never tells, for what is logged in this JVM
   * need not be.
   *
   * @param event what, an opaque block
   */
  default void logged(byte[] event) {}

  /**
   * A logger is used in the slot for the first time. Everything that it logs is told, until {@link
   * Slot#setLevel} says what is wanted.
   *
   * @param name its name
   */
  default void loggerUsed(String name) {}

  /**
   * The slot exists no more.
   *
   * @param end how it ended
   */
  void gone(SlotEnd end);
}
