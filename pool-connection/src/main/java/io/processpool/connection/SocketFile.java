package io.processpool.connection;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix domain socket that a listener has bound. It goes with the listener, or with
 * this JVM if the listener is not closed before.
 */
final class SocketFile {
  private static final String PREFIX = "process-pool-listener-";

  private final Path path;
  private final @Nullable Path directory;
  private final Thread atExit = new Thread(this::delete, "process-pool-listener-exit");
  private final AtomicBoolean removed = new AtomicBoolean();
  private @Nullable Object key;

  private SocketFile(Path path, @Nullable Path directory) {
    this.path = path;
    this.directory = directory;
  }

  /** One at a given path. */
  static SocketFile at(Path path) {
    return new SocketFile(path, null);
  }

  /** One in a directory of its own, which only this user can enter. */
  static SocketFile fresh() throws IOException {
    Path directory = Files.createTempDirectory(PREFIX); // with mode 0700, where there are modes
    return new SocketFile(directory.resolve("socket"), directory);
  }

  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(path);
  }

  /** Notes that the socket is bound, so that the file is there, and this listener's. */
  void bound() throws IOException {
    key = keyNow();
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      Log.debug("The JVM is ending already", e);
    }
  }

  /** Removes what is this listener's, once. */
  void remove() {
    if (removed.getAndSet(true)) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      Log.debug("The JVM is ending", e);
    }
    delete();
  }

  private void delete() {
    try {
      if (key != null && key.equals(keyNow())) {
        Files.deleteIfExists(path);
      }
      if (directory != null) {
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      Log.debug("Could not remove " + path, e);
    }
  }

  /** Tells the file from another that may have come to its place. */
  private @Nullable Object keyNow() throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Arrays.asList(attributes.fileKey(), attributes.creationTime());
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
