package io.processpool.core.launch;

import io.processpool.wire.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that workers are given to note in what they run. Each has a name only until both sides
 * have opened it; those that still have one when this JVM ends are deleted then.
 */
final class RecorderFiles {
  private static final Set<Path> NAMED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Deletion());
  }

  private RecorderFiles() {}

  static Path create() throws IOException {
    Path file = TemporaryFiles.create(".running");
    NAMED.add(file);
    try {
      Recorder.prepare(file);
      return file;
    } catch (IOException | RuntimeException | Error e) {
      delete(file);
      throw e;
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
      NAMED.remove(file);
    } catch (IOException e) {
      // A system that keeps mapped files; once more at the end of this JVM.
    }
  }

  /** Deletes all. */
  private static final class Deletion extends Thread {
    Deletion() {
      super("pool-recorder-files");
    }

    @Override
    public void run() {
      NAMED.forEach(RecorderFiles::delete);
    }
  }
}
