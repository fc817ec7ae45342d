package io.processpool.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  /** The most at a time, where there are four times as many file descriptors. */
  private static final int MOST_GUESTS = 4096;

  /** How many are taken in before those that are in are looked after. */
  private static final int MOST_AT_ONCE = 64;

  private static final long PAUSE_MILLIS = 100;
  private static final Duration PAUSE = Duration.ofMillis(PAUSE_MILLIS);

  private final ServerSocketChannel server;
  private final ConnectionOptions options;
  private final Lobby lobby;
  private final Rejections rejections;
  private final ObjectMessages objects;
  private volatile Selector selector;
  private SelectionKey door;

  /** In the order of their coming, which is also that of their deadlines. */
  private final Set<Guest> guests = new LinkedHashSet<>();

  private final int mostGuests = Math.min(MOST_GUESTS, FileDescriptors.limit() / 4);
  private Deadline pause = Deadline.after(Duration.ZERO);
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

  /**
   * Where memory is short, anything can fail, be it that a class must be loaded for it: what is
   * caught is only noted, and seen to where another failure is caught again. In its midst, the
   * selector may have lost what it knew.
   */
  @Override
  public void run() {
    Throwable failure = null;
    Throwable trouble = null;
    while (!closed && failure == null) {
      try {
        if (trouble != null) {
          recover(trouble);
          trouble = null;
        }
        work();
      } catch (IOException e) { // of the selector, without which there is nothing to do
        failure = e;
      } catch (RuntimeException | Error e) {
        trouble = e;
      }
    }
    boolean ended = false;
    while (!ended) {
      try {
        end(failure);
        ended = true;
      } catch (RuntimeException | Error e) {
        waitAMoment();
      }
    }
  }

  private void recover(Throwable trouble) {
    waitAMoment();
    renewSelector();
    Log.warning("A listener goes on after a failure", trouble);
  }

  /** By a monitor, which takes no class that might not be there. */
  @SuppressWarnings("WaitNotInLoop") // it may be shorter
  private synchronized void waitAMoment() {
    try {
      wait(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      // This thread ends with close() alone.
    }
  }

  /** Waits for the same with another selector. If that cannot be had, it is as it was. */
  private void renewSelector() {
    Selector old = selector;
    Selector fresh = null;
    try {
      fresh = Selector.open();
      SelectionKey newDoor = server.register(fresh, 0);
      for (Iterator<Guest> all = guests.iterator(); all.hasNext(); ) {
        Guest guest = all.next();
        if (guest.socket().isOpen()) {
          guest.socket().register(fresh, SelectionKey.OP_READ, guest);
        } else {
          all.remove();
        }
      }
      fresh.wakeup(); // in case that somebody has just woken up the old one
      door = newDoor;
      selector = fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Selector unused = selector == old ? fresh : old;
      if (unused != null) {
        Resources.close(unused);
      }
    }
  }

  private void end(@Nullable Throwable failure) {
    lobby.close(failure);
    for (Guest guest : guests) {
      Resources.close(guest.socket());
    }
    release();
  }

  /** Releases what it has of the system, once it has ended, or if it never ran. */
  void release() {
    Resources.close(server);
    Resources.close(selector);
  }

  private void work() throws IOException {
    boolean open = lobby.hasRoom() && pause.hasPassed();
    door.interestOps(open ? SelectionKey.OP_ACCEPT : 0);
    nextDeadline().select(selector);
    var unused = Thread.interrupted(); // which would have it spin
    serve();
    dismissLate();
  }

  private Deadline nextDeadline() {
    Deadline first = guests.isEmpty() ? Deadline.NEVER : longest().deadline();
    return pause.hasPassed() ? first : first.orEarlier(pause);
  }

  private void serve() {
    List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (SelectionKey key : ready) {
      if (!key.channel().isOpen()) {
        renewSelector(); // closing it has left the key behind, for want of memory
        return;
      }
    }
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

  /** It is for want of file descriptors, or of memory: guests that have taken long give way. */
  private void acceptLater(IOException failure) {
    Log.debug("A listener could not accept", failure);
    if (guests.isEmpty()) {
      pause = Deadline.after(PAUSE);
    }
    for (int i = (guests.size() + 1) / 2; i > 0; i--) {
      dismissLongest("no other client could be accepted");
    }
  }

  private void receive(SocketChannel socket) {
    try {
      Sockets.prepare(socket);
      if (!options.hasAuthKey()) {
        lobby.add(new Connection(socket, new Inbound(socket), objects));
        return;
      }
      if (guests.size() >= mostGuests) {
        dismissLongest("there are " + mostGuests + " that have come later");
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
      Guest first = longest();
      if (!first.deadline().hasPassed()) {
        return;
      }
      String message =
          "its " + first.awaited() + " has not come within " + options.handshakeTimeout();
      dismiss(first, new AuthenticationException(message));
    }
  }

  /** The one that has been here the longest; there must be one. */
  private Guest longest() {
    return guests.iterator().next();
  }

  private void dismissLongest(String reason) {
    dismiss(longest(), new IOException(reason));
  }

  private void dismiss(Guest guest, Throwable cause) {
    guests.remove(guest);
    reject(guest.socket(), cause);
  }

  /** Closes the socket whatever fails: its client may wait for ever for what comes next. */
  private void reject(SocketChannel socket, Throwable cause) {
    SocketAddress client;
    try {
      client = Sockets.remoteAddress(socket);
    } finally {
      Resources.close(socket);
    }
    rejections.add(client, cause);
  }
}
