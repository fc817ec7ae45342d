package io.processpool.connection;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One call that waits for several connections and processes. */
final class Waiting implements AutoCloseable {
  private final Selector selector;
  private final List<Source> sources = new ArrayList<>();

  private Waiting() throws IOException {
    this.selector = Selectors.borrow();
  }

  /** Something that can become ready. */
  private interface Source {
    /** Has the selector woken up when it may be. */
    void watch() throws IOException;

    void unwatch();

    boolean isReady() throws IOException;
  }

  static <T> List<T> wait(Collection<? extends T> objects, Deadline deadline)
      throws IOException, InterruptedException {
    List<T> waited = new ArrayList<>(objects);
    if (waited.isEmpty()) {
      return List.of();
    }
    try (Waiting waiting = new Waiting()) {
      for (T object : waited) {
        waiting.add(object);
      }
      return waiting.ready(waited, deadline);
    } catch (ClosedChannelException | CancelledKeyException e) {
      throw Watchers.closed(e);
    }
  }

  private void add(Object object) throws IOException {
    Source source = source(requireNonNull(object, "object"));
    source.isReady();
    sources.add(source);
    source.watch();
  }

  private Source source(Object object) throws IOException {
    if (object instanceof Connection connection) {
      return new Incoming(connection);
    }
    if (object instanceof Process process) {
      return new End(process.toHandle());
    }
    if (object instanceof ProcessHandle process) {
      return new End(process);
    }
    throw new IllegalArgumentException(
        "objects must be of Connection, Process or ProcessHandle: " + object);
  }

  private <T> List<T> ready(List<T> waited, Deadline deadline)
      throws IOException, InterruptedException {
    selector.selectNow();
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      List<T> ready = new ArrayList<>();
      for (int i = 0; i < waited.size(); i++) {
        if (sources.get(i).isReady()) {
          ready.add(waited.get(i));
        }
      }
      if (!ready.isEmpty() || deadline.hasPassed()) {
        return ready;
      }
      deadline.select(selector);
    }
  }

  @Override
  public void close() {
    try {
      sources.forEach(Source::unwatch);
    } finally {
      Selectors.giveBack(selector);
    }
  }

  /** What comes from a connection. */
  private final class Incoming implements Source {
    private final Watchers watchers;
    private final Receiver receiver;

    Incoming(Connection connection) throws IOException {
      this.watchers = connection.watchers();
      this.receiver = connection.receiver();
    }

    @Override
    public void watch() throws IOException {
      watchers.add(selector);
      receiver.channel().register(selector, SelectionKey.OP_READ);
    }

    @Override
    public void unwatch() {
      watchers.remove(selector);
    }

    @Override
    public boolean isReady() throws IOException {
      receiver.checkReadable();
      SelectionKey key = receiver.channel().keyFor(selector);
      return receiver.hasBytes() || (key != null && key.isReadable());
    }
  }

  /** The end of a process. */
  private final class End implements Source {
    private final ProcessHandle process;

    End(ProcessHandle process) {
      this.process = process;
    }

    @Override
    public void watch() {
      ProcessEnds.watch(process, selector);
    }

    @Override
    public void unwatch() {
      ProcessEnds.unwatch(process, selector);
    }

    @Override
    public boolean isReady() {
      return !process.isAlive();
    }
  }
}
