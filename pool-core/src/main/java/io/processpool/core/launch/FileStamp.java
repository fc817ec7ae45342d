package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a file is another when somebody else has written or replaced it. Only its owner could set
 * all of it back.
 */
final class FileStamp {
  private final long size;
  private final FileTime modified;
  private final @Nullable Object key;

  private FileStamp(BasicFileAttributes attributes) {
    this.size = attributes.size();
    this.modified = attributes.lastModifiedTime();
    this.key = attributes.fileKey();
  }

  /**
   * The stamp of a file as it is.
   *
   * @throws IOException if it is not a file, or a link to one
   */
  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new IOException(file + " is not a file, or a link to one");
    }
    return new FileStamp(attributes);
  }

  long size() {
    return size;
  }

  FileTime modified() {
    return modified;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileStamp stamp
        && size == stamp.size
        && modified.equals(stamp.modified)
        && Objects.equals(key, stamp.key);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(size);
  }
}
