package io.processpool.bench.chaos;

import io.processpool.TaskOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Items that were submitted in one call, with numbers in a row. Settled by one thread; the flags
 * may be set by others before.
 */
final class Batch {
  private final String call;
  private final TaskOptions options;
  private final long first;
  private final List<ItemKind> kinds;
  private final int[] deliveries;
  private final AtomicInteger callbacks = new AtomicInteger();
  private volatile boolean withdrawn;
  private volatile boolean terminated;
  private boolean called;

  Batch(String call, TaskOptions options, long first, List<ItemKind> kinds) {
    this.call = call;
    this.options = options;
    this.first = first;
    this.kinds = kinds;
    this.deliveries = new int[kinds.size()];
  }

  int size() {
    return kinds.size();
  }

  long number(int index) {
    return first + index;
  }

  ItemKind kind(int index) {
    return kinds.get(index);
  }

  TaskOptions options() {
    return options;
  }

  Item item(int index) {
    return Item.of(number(index), kind(index));
  }

  List<Item> items() {
    return IntStream.range(0, size()).mapToObj(this::item).collect(Collectors.toList());
  }

  /** Which item has this number; -1 for none of these. */
  int indexOf(long number) {
    return number >= first && number < first + size() ? (int) (number - first) : -1;
  }

  /** Allows items to be cancelled. */
  void withdraw() {
    withdrawn = true;
  }

  boolean isWithdrawn() {
    return withdrawn;
  }

  /** Allows items to end with their pool. */
  void terminate() {
    terminated = true;
  }

  boolean isTerminated() {
    return terminated;
  }

  /** Notes that an item has an outcome. Returns how often that happened, this time included. */
  int delivered(int index) {
    return ++deliveries[index];
  }

  boolean isDelivered(int index) {
    return deliveries[index] > 0;
  }

  /** Expects one callback from now on. */
  void expectCallback() {
    called = true;
  }

  void callback() {
    callbacks.incrementAndGet();
  }

  /** How many callbacks there were beyond, or less than, those that were due. */
  int excessOfCallbacks() {
    return callbacks.get() - (called ? 1 : 0);
  }

  /** An item in words. */
  String describe(int index) {
    return "item "
        + number(index)
        + " ("
        + kind(index)
        + ", index "
        + index
        + " of "
        + size()
        + " of "
        + this
        + ")";
  }

  @Override
  public String toString() {
    StringBuilder words = new StringBuilder(call).append(", items from ").append(first);
    options.timeout().ifPresent(limit -> words.append(", timeout ").append(limit));
    options.softTimeout().ifPresent(limit -> words.append(", soft timeout ").append(limit));
    if (options.attempts() > 1) {
      words.append(", attempts ").append(options.attempts());
    }
    return words.append(withdrawn ? ", cancelled" : "").toString();
  }
}
