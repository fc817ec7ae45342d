package io.processpool.connection;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.Pipe.SinkChannel;
import java.nio.channels.Pipe.SourceChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection that carries messages, each of any number of bytes. Python's {@code
 * multiprocessing.connection.Connection}, which may be the other end.
 *
 * <pre>{@code
 * connection.sendBytes(request);
 * if (!connection.poll(Duration.ofSeconds(10))) {
 *   throw new TimeoutException("no answer");
 * }
 * byte[] answer = connection.recvBytes(1_000_000);
 * }</pre>
 *
 * <p>Messages arrive whole and in order, or not at all. Sending waits where the other end does not
 * receive: two ends that both send large messages, and receive none meanwhile, wait for ever.
 *
 * <p>Safe for use by several threads: each message is received by one of them, and messages of
 * several senders do not mix. A thread that waits in here ends to do so, with {@link
 * InterruptedException}, if it is interrupted, and with {@link IOException} if another one closes
 * the connection. An interrupted receiver loses nothing, the next one goes on where it was; unless
 * it is {@link #recvTo}, whose part of a message is gone. A message whose sender is interrupted
 * breaks off if it has begun: this end cannot send any more then, and the other one learns of it. A
 * source or sink that uses the connection in the direction that it is used in itself is told so,
 * with {@link IllegalStateException}.
 */
public final class Connection implements Closeable {
  private final Watchers watchers = new Watchers();
  private final List<Closeable> channels = new ArrayList<>();
  private final @Nullable Receiver receiver;
  private final @Nullable Sender sender;
  private final ObjectMessages objects;
  private final Optional<SocketAddress> remoteAddress;
  private volatile boolean isTrusted;

  /** Makes an end of a socket that is in non-blocking mode. */
  Connection(SocketChannel socket, Inbound in, ObjectMessages objects) throws IOException {
    this.receiver = new Receiver(socket, in, watchers, () -> {});
    this.sender = new Sender(socket, watchers);
    this.objects = objects;
    this.remoteAddress = Optional.ofNullable(socket.getRemoteAddress());
    channels.add(socket);
  }

  /** Makes an end of a pipe within this JVM, whose other end is to be trusted. */
  Connection(@Nullable SourceChannel source, @Nullable SinkChannel sink, ObjectMessages objects) {
    this.objects = objects;
    this.remoteAddress = Optional.empty();
    this.isTrusted = true;
    if (source == null) {
      this.receiver = null;
    } else {
      Runnable whenUnreadable = sink == null ? this::close : () -> {};
      this.receiver = new Receiver(source, new Inbound(source), watchers, whenUnreadable);
      channels.add(source);
    }
    if (sink == null) {
      this.sender = null;
    } else {
      this.sender = new Sender(sink, watchers);
      channels.add(sink);
    }
  }

  /**
   * Makes a connection of a socket that is connected, such as one that this process has inherited.
   * Nobody is asked for a proof: see {@link Handshake}.
   *
   * @param socket the socket, which belongs to the connection then; it is put into non-blocking
   *     mode and, if it is of TCP, has {@code TCP_NODELAY} set
   * @param options what the connection accepts; its key is not used
   * @return the connection
   * @throws java.nio.channels.NotYetConnectedException if the socket is not connected
   * @throws IOException if the socket is closed
   */
  public static Connection of(SocketChannel socket, ConnectionOptions options) throws IOException {
    if (!socket.isConnected()) {
      throw new NotYetConnectedException();
    }
    Sockets.prepare(socket);
    return new Connection(socket, new Inbound(socket), new ObjectMessages(options));
  }

  /**
   * Sends a message.
   *
   * @param message its bytes, which may be none
   * @throws IOException if the connection is closed, is not writable, or the other end has gone
   * @throws InterruptedException if this thread is interrupted
   */
  public void sendBytes(byte[] message) throws IOException, InterruptedException {
    sendBytes(message, 0, message.length);
  }

  /**
   * Sends the rest of an array as a message.
   *
   * @param buffer holds the message
   * @param offset where it begins, from 0 to the length of the array
   * @throws IllegalArgumentException if the offset is not within the array
   * @throws IOException if the connection is closed, is not writable, or the other end has gone
   * @throws InterruptedException if this thread is interrupted
   */
  public void sendBytes(byte[] buffer, int offset) throws IOException, InterruptedException {
    checkOffset(offset, buffer.length);
    sendBytes(buffer, offset, buffer.length - offset);
  }

  /**
   * Sends a part of an array as a message.
   *
   * @param buffer holds the message
   * @param offset where it begins, from 0 to the length of the array
   * @param size how many bytes it has, from 0 to as many as there are from there
   * @throws IllegalArgumentException if that is not a part of the array
   * @throws IOException if the connection is closed, is not writable, or the other end has gone
   * @throws InterruptedException if this thread is interrupted
   */
  public void sendBytes(byte[] buffer, int offset, int size)
      throws IOException, InterruptedException {
    checkOffset(offset, buffer.length);
    if (size < 0 || size > buffer.length - offset) {
      throw new IllegalArgumentException(
          "size must be from 0 to "
              + (buffer.length - offset)
              + ", which are left from offset "
              + offset
              + ": "
              + size);
    }
    sendBytes(buffer, offset, size, Deadline.NEVER);
  }

  void sendBytes(byte[] buffer, int offset, int size, Deadline deadline)
      throws IOException, InterruptedException {
    sender().send(buffer, offset, size, deadline);
  }

  /**
   * Sends a message of any size, without having it in memory as a whole.
   *
   * @param source has the message; it is read as far as that, and not closed. If it ends before, or
   *     fails, after the message has begun, this end cannot send any more
   * @param size how many bytes the message has, 0 or more
   * @throws IllegalArgumentException if the size is negative
   * @throws EOFException if the source ends before the message
   * @throws IOException if the source fails, the connection is closed, is not writable, or the
   *     other end has gone
   * @throws InterruptedException if this thread is interrupted
   */
  public void sendFrom(InputStream source, long size) throws IOException, InterruptedException {
    requireNonNull(source, "source");
    checkNotNegative(size, "size");
    sender().sendFrom(source, size);
  }

  /**
   * Sends an object, as the tasks of a pool take theirs. The other end must be one of this class.
   * It needs {@code pool-worker} on the class path, which {@code pool-core} brings.
   *
   * @param object any object that can travel, or {@code null}
   * @throws NotSerializableException if it cannot; the message names the class at fault and the way
   *     to it, and nothing is sent
   * @throws IllegalStateException if {@code pool-worker} is not on the class path
   * @throws IOException if the connection is closed, is not writable, or the other end has gone
   * @throws InterruptedException if this thread is interrupted
   */
  public void send(@Nullable Object object) throws IOException, InterruptedException {
    sender().checkWritable();
    sendBytes(objects.encode(object));
  }

  /**
   * Receives a message, waiting for it.
   *
   * @return its bytes
   * @throws EOFException if the other end has closed the connection after its last message
   * @throws ProtocolException if what came is not the length of a message; the connection is not
   *     readable any more
   * @throws IOException if the connection is closed or is not readable; if the other end has gone
   *     within a message; if the message is too long for an array, then it is left to {@link
   *     #recvTo}
   * @throws InterruptedException if this thread is interrupted
   */
  public byte[] recvBytes() throws IOException, InterruptedException {
    return receiver().receive(Long.MAX_VALUE, Deadline.NEVER);
  }

  /**
   * Receives a message that is not too long, waiting for it.
   *
   * @param maxLength how many bytes it may have, 0 or more
   * @return its bytes
   * @throws IllegalArgumentException if that is negative
   * @throws EOFException if the other end has closed the connection after its last message
   * @throws ProtocolException if what came is not the length of a message; the connection is not
   *     readable any more
   * @throws IOException if the message is longer, then the connection is not readable any more, and
   *     a pipe of one way is closed; if the connection is closed or is not readable; if the other
   *     end has gone within a message
   * @throws InterruptedException if this thread is interrupted
   */
  public byte[] recvBytes(int maxLength) throws IOException, InterruptedException {
    checkNotNegative(maxLength, "maxLength");
    return recvBytes(maxLength, Deadline.NEVER);
  }

  byte[] recvBytes(int maxLength, Deadline deadline) throws IOException, InterruptedException {
    return receiver().receive(maxLength, deadline);
  }

  /**
   * Receives a message into an array, waiting for it.
   *
   * @param buffer where to put it
   * @return how many bytes it has
   * @throws BufferTooShortException if it has more than the array; the exception has it
   * @throws EOFException if the other end has closed the connection after its last message
   * @throws ProtocolException if what came is not the length of a message; the connection is not
   *     readable any more
   * @throws IOException if the connection is closed or is not readable; if the other end has gone
   *     within a message; if the message is too long for any array, then it is left to {@link
   *     #recvTo}
   * @throws InterruptedException if this thread is interrupted
   */
  public int recvBytesInto(byte[] buffer) throws IOException, InterruptedException {
    return recvBytesInto(buffer, 0);
  }

  /**
   * Receives a message into the rest of an array, waiting for it.
   *
   * @param buffer where to put it
   * @param offset where to begin, from 0 to the length of the array
   * @return how many bytes it has
   * @throws IllegalArgumentException if the offset is not within the array
   * @throws BufferTooShortException if it has more than there is room for; the exception has it
   * @throws EOFException if the other end has closed the connection after its last message
   * @throws ProtocolException if what came is not the length of a message; the connection is not
   *     readable any more
   * @throws IOException if the connection is closed or is not readable; if the other end has gone
   *     within a message; if the message is too long for any array, then it is left to {@link
   *     #recvTo}
   * @throws InterruptedException if this thread is interrupted
   */
  public int recvBytesInto(byte[] buffer, int offset) throws IOException, InterruptedException {
    checkOffset(offset, buffer.length);
    return receiver().receiveInto(buffer, offset);
  }

  /**
   * Receives a message of any size, waiting for it, without having it in memory as a whole.
   *
   * @param sink where to write it; it is not closed
   * @return how many bytes it has
   * @throws EOFException if the other end has closed the connection after its last message
   * @throws ProtocolException if what came is not the length of a message; the connection is not
   *     readable any more
   * @throws IOException if the connection is closed or is not readable; if the other end has gone
   *     within a message; if the sink fails. If a part of the message has been taken, the
   *     connection is not readable any more
   * @throws InterruptedException if this thread is interrupted
   */
  public long recvTo(OutputStream sink) throws IOException, InterruptedException {
    return recvTo(sink, Long.MAX_VALUE);
  }

  /**
   * Receives a message that is not too long, waiting for it, without having it in memory as a
   * whole.
   *
   * @param sink where to write it; it is not closed
   * @param maxLength how many bytes it may have, 0 or more
   * @return how many bytes it has
   * @throws IllegalArgumentException if that is negative
   * @throws EOFException if the other end has closed the connection after its last message
   * @throws ProtocolException if what came is not the length of a message; the connection is not
   *     readable any more
   * @throws IOException if the message is longer, then the connection is not readable any more, and
   *     a pipe of one way is closed; if the connection is closed or is not readable; if the other
   *     end has gone within a message; if the sink fails. If a part of the message has been taken,
   *     the connection is not readable any more
   * @throws InterruptedException if this thread is interrupted
   */
  public long recvTo(OutputStream sink, long maxLength) throws IOException, InterruptedException {
    requireNonNull(sink, "sink");
    checkNotNegative(maxLength, "maxLength");
    return receiver().receiveTo(sink, maxLength);
  }

  /**
   * Receives an object, waiting for it. What strangers send may be an attack: unless the other end
   * has proved that it knows the key, or is one of this JVM, a {@linkplain
   * ConnectionOptions#withClassFilter class filter} must say what may be read. Classes are found by
   * the context class loader of the thread that made the connection, or its listener.
   *
   * @return the object, or {@code null}
   * @throws IllegalStateException if the other end has not proved that it knows the key, and there
   *     is no class filter; or if {@code pool-worker} is not on the class path
   * @throws InvalidObjectException if the message is no object, or one with a class that is not to
   *     be read or not found; the message is gone, and the connection as before
   * @throws EOFException if the other end has closed the connection after its last message
   * @throws ProtocolException if what came is not the length of a message; the connection is not
   *     readable any more
   * @throws IOException if the connection is closed or is not readable; if the other end has gone
   *     within a message
   * @throws InterruptedException if this thread is interrupted
   */
  public @Nullable Object recv() throws IOException, InterruptedException {
    if (!isTrusted && !objects.areFiltered()) {
      throw new IllegalStateException(
          "The other end has not proved that it knows a key, so anything may come from it:"
              + " set authKey or classFilter");
    }
    return objects.decode(recvBytes());
  }

  /**
   * Whether a message has begun to come, or the other end has closed the connection.
   *
   * @return whether there is something to receive
   * @throws IOException if the connection is closed or is not readable
   * @throws InterruptedException if this thread is interrupted
   */
  public boolean poll() throws IOException, InterruptedException {
    return poll(Duration.ZERO);
  }

  /**
   * Waits until a message has begun to come, or the other end has closed the connection. Nothing is
   * received.
   *
   * @param timeout how long to wait at most; not at all if it is negative, {@code null} for ever
   * @return whether there is something to receive
   * @throws IOException if the connection is closed or is not readable
   * @throws InterruptedException if this thread is interrupted
   */
  public boolean poll(@Nullable Duration timeout) throws IOException, InterruptedException {
    return receiver().poll(Deadline.after(timeout));
  }

  /**
   * Waits until there is something to receive from one of several connections, or one of several
   * processes has ended. Python's {@code multiprocessing.connection.wait}.
   *
   * <pre>{@code
   * for (Connection ready : Connection.wait(connections, Duration.ofSeconds(1))) {
   *   handle(ready.recvBytes());
   * }
   * }</pre>
   *
   * @param objects connections, and processes as {@link Process} or {@link ProcessHandle}
   * @param timeout how long to wait at most; not at all if it is negative, {@code null} for ever
   * @param <T> what they have in common
   * @return those that are ready, in the order in which they were given; none if there are none
   *     within the time, or if there are no objects
   * @throws IllegalArgumentException if one of the objects is another
   * @throws IOException if one of the connections is closed, also meanwhile, or is not readable
   * @throws InterruptedException if this thread is interrupted
   */
  public static <T> List<T> wait(Collection<? extends T> objects, @Nullable Duration timeout)
      throws IOException, InterruptedException {
    return Waiting.wait(objects, Deadline.after(timeout));
  }

  /**
   * The address of the other end.
   *
   * @return the address, empty for a pipe; that of a client at a Unix domain socket has no path
   */
  public Optional<SocketAddress> remoteAddress() {
    return remoteAddress;
  }

  /**
   * Whether this end can receive.
   *
   * @return {@code false} for the sending end of a pipe of one way, and after a message that was
   *     too long or was taken in part
   */
  public boolean isReadable() {
    return receiver != null && receiver.isReadable();
  }

  /**
   * Whether this end can send.
   *
   * @return {@code false} for the receiving end of a pipe of one way, and after a message that was
   *     sent in part
   */
  public boolean isWritable() {
    return sender != null && sender.isWritable();
  }

  /**
   * Whether this end has been closed.
   *
   * @return whether it has
   */
  public boolean isClosed() {
    return watchers.isClosed();
  }

  /**
   * Closes this end. Threads that wait in it are told. The other end still receives what was sent,
   * as far as the system has it. Closing again does nothing.
   */
  @Override
  public void close() {
    Stack.ensureRoom();
    watchers.close();
    if (receiver != null) {
      receiver.close();
    }
    if (sender != null) {
      sender.close();
    }
    for (int i = 0; i < channels.size(); i++) { // takes no memory, unlike an iterator
      Resources.close(channels.get(i));
    }
  }

  @Override
  public String toString() {
    return "Connection[" + remoteAddress.map(Object::toString).orElse("pipe") + "]";
  }

  /** Notes that the other end has proved that it knows a key. */
  void trust() {
    isTrusted = true;
  }

  Watchers watchers() {
    return watchers;
  }

  Receiver receiver() throws IOException {
    if (receiver == null) {
      watchers.checkOpen();
      throw new IOException("the connection is not readable: it is the sending end of a pipe");
    }
    return receiver;
  }

  private Sender sender() throws IOException {
    if (sender == null) {
      watchers.checkOpen();
      throw new IOException("the connection is not writable: it is the receiving end of a pipe");
    }
    return sender;
  }

  private static void checkOffset(int offset, int length) {
    if (offset < 0 || offset > length) {
      throw new IllegalArgumentException(
          "offset must be from 0 to " + length + ", the length of the array: " + offset);
    }
  }

  private static void checkNotNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be 0 or more: " + value);
    }
  }
}
