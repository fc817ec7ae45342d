package io.processpool.core.inline;

import io.processpool.core.nesting.Nesting;
import io.processpool.spi.Backend;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotListener;
import java.util.Set;

/** Runs chunks on threads of this JVM, one for each slot. Nothing is isolated, nothing killed. */
public final class InlineBackend implements Backend {
  private final BackendSettings settings;
  private final int depth = Nesting.depth() + 1;
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

  /**
   * Creates a backend without a thread.
   *
   * @param settings what the slots have in common
   */
  public InlineBackend(BackendSettings settings) {
    this.settings = settings;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public Slot start(int number, SlotListener listener) {
    return new InlineSlot(number, depth, loader, settings.session(), listener).begin();
  }

  @Override
  public void close() {
    // Every slot's threads end with the slot.
  }
}
