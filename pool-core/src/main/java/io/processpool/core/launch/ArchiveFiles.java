package io.processpool.core.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of start-up archives, in the directory of the jar that they were made with.
 *
 * <p>A JVM believes what is in an archive, and dies of one that is cut short. So an archive has the
 * checksum of its content in its name, which is looked at once by each JVM that starts workers, and
 * again when the file has changed. One that is not what it was is deleted. An archive that others
 * may have written is never believed, whatever its checksum.
 *
 * <p>All methods are safe for use by several threads, and by several processes.
 */
final class ArchiveFiles {
  static final String SUFFIX = ".jsa";
  private static final String FAILED_SUFFIX = ".failed";
  private static final String LOCK_SUFFIX = ".lock";
  private static final int MOST_KEPT = 10;
  private static final Duration REST_AFTER_FAILURE = Duration.ofDays(1);
  private static final Map<Path, FileStamp> CHECKED = new ConcurrentHashMap<>();

  private final Path directory;
  private final String prefix;

  /**
   * The files of the archive for a Java and a jar. The JVM takes an archive only for a jar at the
   * path that it had, so that one in a directory that was moved or copied is another's.
   *
   * @throws IOException if the jar is not there
   */
  static ArchiveFiles of(JavaBuild java, Path jar) throws IOException {
    String place = Checksums.of(jar.toRealPath().toString());
    return new ArchiveFiles(jar.getParent(), java.id() + "-" + place + "-");
  }

  private ArchiveFiles(Path directory, String prefix) {
    this.directory = directory;
    this.prefix = prefix;
  }

  /** Tells the archive from those for another Java or another jar. */
  Path identity() {
    return directory.resolve(prefix);
  }

  /** The archive, or {@code null} if there is none that is whole. */
  @Nullable Path find() {
    for (Path archive : own(SUFFIX)) {
      try {
        if (isWhole(archive)) {
          return archive;
        }
        delete(archive);
      } catch (IOException e) {
        // What cannot be read now need not be damaged.
      }
    }
    return null;
  }

  /** Whether the making of it has failed a short time ago, so that it is not worth another try. */
  boolean hasFailedLately() {
    try {
      return !StaleJars.isOlder(failure(), REST_AFTER_FAILURE);
    } catch (IOException e) {
      return false;
    }
  }

  /** Notes for all processes that the making has failed. */
  void noteFailure() throws IOException {
    Files.deleteIfExists(failure());
    Files.createFile(failure());
  }

  private Path failure() {
    return directory.resolve(prefix + FAILED_SUFFIX);
  }

  /**
   * Lets one process make the archive at a time.
   *
   * @return what holds the lock until it is closed; {@code null} if somebody else has it
   */
  @Nullable FileChannel tryLock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(prefix + LOCK_SUFFIX),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another copy of this library in this JVM has it.
    }
    channel.close();
    return null;
  }

  /**
   * A file to write the archive to. Those that processes have left behind are removed. By who has
   * the lock.
   */
  Path createPart() throws IOException {
    own(StaleParts.SUFFIX).forEach(ArchiveFiles::delete);
    return Files.createTempFile(directory, prefix, StaleParts.SUFFIX);
  }

  /** Makes what was written the archive. By who has the lock. */
  void place(Path part) throws IOException {
    String sum = Checksums.of(part);
    own(SUFFIX).forEach(ArchiveFiles::delete);
    Path archive = directory.resolve(prefix + sum + SUFFIX);
    Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    removeOldest();
    StaleParts.removeBeside(directory);
  }

  /** Also those of other versions of the jar. Nothing is said if it fails. */
  private void removeOldest() {
    record Aged(Path archive, FileTime used) {}
    List<Aged> all = new ArrayList<>();
    try {
      for (Path version : Directories.in(directory.getParent())) {
        for (Path archive : Directories.filesIn(version, SUFFIX)) {
          all.add(new Aged(archive, Files.getLastModifiedTime(archive)));
        }
      }
    } catch (IOException e) {
      return; // another process removes some; the next one that makes an archive looks again
    }
    all.sort(Comparator.comparing(Aged::used).reversed());
    for (Aged old : all.subList(Math.min(MOST_KEPT, all.size()), all.size())) {
      delete(old.archive());
    }
  }

  private boolean isWhole(Path archive) throws IOException {
    if (FileStamp.of(archive).equals(CHECKED.get(archive))) {
      return true;
    }
    StaleJars.markUsed(archive);
    FileStamp stamp = FileStamp.of(archive);
    String name = archive.getFileName().toString();
    boolean whole = name.equals(prefix + Checksums.of(archive) + SUFFIX);
    if (whole) {
      CHECKED.put(archive, stamp);
    }
    return whole;
  }

  /** Those for this Java and this jar whose names end so. */
  private List<Path> own(String suffix) {
    List<Path> own = new ArrayList<>();
    String[] names = directory.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      if (name.startsWith(prefix) && name.endsWith(suffix)) {
        own.add(directory.resolve(name));
      }
    }
    return own;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A worker may have it open, on a system that minds.
    }
  }
}
