package io.processpool.core.launch;

import io.processpool.PoolStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The jar that workers run. This module carries it as a resource, wherever its own classes are; it
 * is put into the user's cache under its hash, and compared before each use.
 */
final class WorkerJar {
  private static final String NAME = "pool-worker.jar";

  private WorkerJar() {}

  static Path locate() {
    byte[] bytes = resource();
    String hash = HexFormat.of().formatHex(sha256(bytes));
    try {
      return placed(bytes, cache().resolve(hash));
    } catch (IOException e) {
      return placedInTemporaryDirectory(bytes, hash, e);
    }
  }

  private static Path placed(byte[] bytes, Path directory) throws IOException {
    Path jar = directory.resolve(NAME);
    if (!holds(jar, bytes)) {
      UserFiles.createDirectory(directory);
      Path part = Files.createTempFile(directory, NAME, ".part");
      try {
        Files.write(part, bytes);
        move(part, jar);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return jar;
  }

  private static void move(Path part, Path jar) throws IOException {
    try {
      Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean holds(Path jar, byte[] bytes) throws IOException {
    return Files.isRegularFile(jar)
        && Files.size(jar) == bytes.length
        && Arrays.equals(Files.readAllBytes(jar), bytes);
  }

  /** For a user without a home that can be written. */
  private static Path placedInTemporaryDirectory(byte[] bytes, String hash, IOException reason) {
    try {
      Path directory = Files.createTempDirectory("process-pool-");
      Path jar = placed(bytes, directory.resolve(hash));
      directory.toFile().deleteOnExit();
      jar.getParent().toFile().deleteOnExit();
      jar.toFile().deleteOnExit();
      return jar;
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw new PoolStartException("The worker's jar cannot be written: " + e, e);
    }
  }

  private static byte[] resource() {
    try (InputStream in = WorkerJar.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new PoolStartException(
            "The worker's jar is missing: no resource " + NAME + " beside " + WorkerJar.class,
            null);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new PoolStartException("The worker's jar cannot be read: " + e, e);
    }
  }

  /** The directory for what pools keep from one run of an application to the next. */
  static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    String windows = System.getenv("LOCALAPPDATA");
    Path caches;
    if (xdg != null && !xdg.isEmpty()) {
      caches = Path.of(xdg);
    } else if (windows != null) {
      caches = Path.of(windows);
    } else {
      caches = Path.of(System.getProperty("user.home"), ".cache");
    }
    return caches.resolve("process-pool").toAbsolutePath();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
