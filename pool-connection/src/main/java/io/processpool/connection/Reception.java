package io.processpool.connection;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of a listener. It takes in clients, and goes through the handshake with all of them at
 * a time, waiting for none: whoever is silent, slow or hostile holds up nobody else. Those that
 * have come through it go to the lobby. When that is full, it takes in no more until there is room;
 * the system keeps clients waiting then.
 *
 * <p>All guests have the same time. Where there are too many, or no file descriptor is left for
 * another, the one that has taken the longest gives way: an honest one takes milliseconds.
 */
final class Reception implements Runnable {
  private static final System.Logger LOG = System.getLogger(Listener.class.getName());
  private static final int MOST_GUESTS = 4096;

  /** How many are taken in before those that are in are looked after. */
  private static final int MOST_AT_ONCE = 64;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ServerSocketChannel server;
  private final ConnectionOptions options;
  private final Lobby lobby;
  private final Rejections rejections;
  private final ObjectMessages objects;
  private final Selector selector;
  private final SelectionKey door;

  /** In the order of their coming, which is also that of their deadlines. */
  private final Set<Guest> guests = new LinkedHashSet<>();

  private Deadline pause = Deadline.after(Duration.ZERO);
  private int failures;
  private volatile boolean closed;

  /** Works for a socket that listens in non-blocking mode. */
  Reception(
      ServerSocketChannel server, ConnectionOptions options, Lobby lobby, Rejections rejections)
      throws IOException {
    this.server = server;
    this.options = options;
    this.lobby = lobby;
    this.rejections = rejections;
    this.objects = new ObjectMessages(options);
    this.selector = Selector.open();
    this.door = server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Has it look whether there is room in the lobby. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Has it end. */
  void close() {
    closed = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    Throwable failure = null;
    try {
      while (!closed) {
        work();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      lobby.close(failure);
      guests.forEach(guest -> Resources.close(guest.socket()));
      release();
    }
  }

  /** Releases what it has of the system, once it has ended, or if it never ran. */
  void release() {
    Resources.close(server);
    Resources.close(selector);
  }

  /** Nothing that happens with one client, and no want of memory, ends it. */
  private void work() throws IOException {
    try {
      boolean open = lobby.hasRoom() && pause.hasPassed();
      door.interestOps(open ? SelectionKey.OP_ACCEPT : 0);
      nextDeadline().select(selector);
      var unused = Thread.interrupted(); // which would have it spin
      serve();
      dismissLate();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "A listener goes on after a failure", e);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private Deadline nextDeadline() {
    Deadline first = guests.isEmpty() ? Deadline.NEVER : guests.iterator().next().deadline();
    return pause.hasPassed() ? first : first.orEarlier(pause);
  }

  private void serve() {
    List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (SelectionKey key : ready) {
      if (key == door) {
        accept();
      } else if (key.isValid() && key.attachment() instanceof Guest guest) {
        attend(guest, key);
      }
    }
  }

  private void accept() {
    for (int i = 0; i < MOST_AT_ONCE && lobby.hasRoom(); i++) {
      SocketChannel socket;
      try {
        socket = server.accept();
        failures = 0;
      } catch (IOException e) {
        acceptLater(e);
        return;
      }
      if (socket == null) {
        return;
      }
      receive(socket);
    }
  }

  /** If it fails again, it may be for want of file descriptors. */
  private void acceptLater(IOException failure) {
    LOG.log(System.Logger.Level.DEBUG, "A listener could not accept", failure);
    failures++;
    if (failures > 1 && !guests.isEmpty()) {
      dismissLongest("no other client could be accepted");
    }
    pause = Deadline.after(PAUSE);
  }

  private void receive(SocketChannel socket) {
    try {
      Sockets.prepare(socket);
      if (!options.hasAuthKey()) {
        lobby.add(new Connection(socket, new Inbound(socket), objects));
        return;
      }
      if (guests.size() >= MOST_GUESTS) {
        dismissLongest("there are " + MOST_GUESTS + " that have come later");
      }
      Guest guest = new Guest(socket, options);
      socket.register(selector, SelectionKey.OP_READ, guest);
      guests.add(guest);
    } catch (IOException | RuntimeException | Error e) {
      reject(socket, e);
    }
  }

  private void attend(Guest guest, SelectionKey key) {
    try {
      if (!guest.goOn()) {
        return;
      }
      key.cancel();
      guests.remove(guest);
      Connection connection = new Connection(guest.socket(), guest.in(), objects);
      if (options.hasSecret()) {
        connection.trust();
      }
      lobby.add(connection);
    } catch (IOException | RuntimeException | Error e) {
      dismiss(guest, e);
    }
  }

  private void dismissLate() {
    while (!guests.isEmpty()) {
      Guest first = guests.iterator().next();
      if (!first.deadline().hasPassed()) {
        return;
      }
      String message =
          "its " + first.awaited() + " has not come within " + options.handshakeTimeout();
      dismiss(first, new AuthenticationException(message));
    }
  }

  private void dismissLongest(String reason) {
    dismiss(guests.iterator().next(), new IOException(reason));
  }

  private void dismiss(Guest guest, Throwable cause) {
    guests.remove(guest);
    reject(guest.socket(), cause);
  }

  private void reject(SocketChannel socket, Throwable cause) {
    rejections.add(Sockets.remoteAddress(socket), cause);
    Resources.close(socket);
  }
}
