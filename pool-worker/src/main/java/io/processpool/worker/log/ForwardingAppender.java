package io.processpool.worker.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import java.util.function.Consumer;

/**
 * Sends events to the parent, by the thread that logs, before it goes on: what was logged is on its
 * way, whatever becomes of this process.
 */
final class ForwardingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final Consumer<Frame> parent;

  /** Whether a thread is in here already: what an event logs when it is looked at is dropped. */
  private final ThreadLocal<boolean[]> busy = ThreadLocal.withInitial(() -> new boolean[1]);

  ForwardingAppender(Consumer<Frame> parent) {
    this.parent = parent;
  }

  /** Unlike the method that it replaces, calls nothing at its end, and so ends on a full stack. */
  @Override
  public void doAppend(ILoggingEvent event) {
    boolean[] mine = busy.get();
    if (mine[0] || !isStarted()) {
      return;
    }
    mine[0] = true;
    try {
      if (getFilterChainDecision(event) != FilterReply.DENY) {
        append(event);
      }
    } finally {
      mine[0] = false;
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    parent.accept(Frame.of(FrameType.LOG, encoded(event)));
  }

  /** Much of an event is the user's own code; one that cannot be sent harms nobody. */
  private static byte[] encoded(ILoggingEvent event) {
    try {
      return Events.of(event).encode();
    } catch (Throwable cannotTravel) {
      return Events.instead(event, cannotTravel).encode();
    }
  }
}
