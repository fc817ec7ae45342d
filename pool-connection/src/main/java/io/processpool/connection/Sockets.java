package io.processpool.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** What sockets of both families have in common here. */
final class Sockets {

  private Sockets() {}

  /**
   * Checks that an address is one to listen at, or to connect to.
   *
   * @throws IllegalArgumentException if it is of another kind, or a Unix domain socket's without a
   *     path
   * @throws UnknownHostException if the name of its host is not known
   */
  static void check(SocketAddress address) throws UnknownHostException {
    if (address instanceof InetSocketAddress inet) {
      if (inet.isUnresolved()) {
        throw new UnknownHostException("the host of the address is not known: " + address);
      }
      return;
    }
    if (!(address instanceof UnixDomainSocketAddress unix)) {
      throw new IllegalArgumentException(
          "address must be an InetSocketAddress or a UnixDomainSocketAddress: " + address);
    }
    if (unix.getPath().toString().isEmpty()) {
      throw new IllegalArgumentException("address must have a path: '" + address + "'");
    }
  }

  static SocketChannel open(SocketAddress address) throws IOException {
    return isUnix(address) ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
  }

  static ServerSocketChannel openServer(SocketAddress address) throws IOException {
    return isUnix(address)
        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        : ServerSocketChannel.open();
  }

  private static boolean isUnix(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress;
  }

  /** Makes a connected socket ready for messages, which are written whole and must not wait. */
  static void prepare(SocketChannel socket) throws IOException {
    socket.configureBlocking(false);
    if (socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  /** The other end's address, if it can be told. */
  static @Nullable SocketAddress remoteAddress(SocketChannel socket) {
    try {
      return socket.getRemoteAddress();
    } catch (IOException e) {
      return null;
    }
  }
}
