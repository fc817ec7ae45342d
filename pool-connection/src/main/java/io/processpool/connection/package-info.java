/**
 * Messages between processes, on the wire of Python's {@code multiprocessing.connection}: the other
 * end may be a Python program.
 *
 * <p>A {@link io.processpool.connection.Listener} waits at an address for whoever has a {@link
 * io.processpool.connection.Client} connect to it; both ends then have a {@link
 * io.processpool.connection.Connection}. Where the two share a key, each proves to the other that
 * it knows it, without sending it. What follows is neither encrypted nor protected against changes
 * on its way, and somebody whom clients take for the listener can pass the handshake on to another
 * end that knows the key: use it within a machine, or within a network that you trust.
 *
 * <p>This is how a server looks that echoes what its clients send, and a client of it:
 *
 * <pre>{@code
 * ConnectionOptions options = ConnectionOptions.authKey(key);
 * try (Listener listener = Listener.open(new InetSocketAddress("localhost", 0), options)) {
 *   Future<byte[]> echo = executor.submit(() -> {
 *     try (Connection connection = Client.connect(listener.address(), options)) {
 *       connection.sendBytes("hello".getBytes(UTF_8));
 *       return connection.recvBytes();
 *     }
 *   });
 *   try (Connection connection = listener.accept()) {
 *     connection.sendBytes(connection.recvBytes());
 *   }
 *   System.out.println(new String(echo.get(), UTF_8));
 * }
 * }</pre>
 *
 * <p>Parameters and results are never {@code null} unless they are marked {@code @Nullable}.
 * Methods throw {@link NullPointerException} for one that is {@code null} and must not be.
 */
@NullMarked
package io.processpool.connection;

import org.jspecify.annotations.NullMarked;
