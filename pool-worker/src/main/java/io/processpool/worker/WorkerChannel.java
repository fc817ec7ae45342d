package io.processpool.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two ends of the protocol channel in the worker. Once it is open, neither what user code
 * prints nor what it reads can touch the channel, as far as the mode goes.
 *
 * @param in what the parent sends
 * @param out what the parent receives
 */
record WorkerChannel(InputStream in, OutputStream out) {

  static WorkerChannel open(ChannelMode mode) throws IOException {
    return switch (mode) {
      case DESCRIPTORS ->
          new WorkerChannel(
              new FileInputStream(descriptor(4)), new FileOutputStream(descriptor(3)));
      case REOPENED -> reopened();
      case PLAIN -> plain();
    };
  }

  private static WorkerChannel reopened() throws IOException {
    WorkerChannel channel =
        new WorkerChannel(new FileInputStream(descriptor(0)), new FileOutputStream(descriptor(1)));
    // Closing one of the standard descriptors makes the JDK point it at the null device.
    new FileOutputStream(FileDescriptor.out).close();
    new FileInputStream(FileDescriptor.in).close();
    keepSystemStreamsAway();
    return channel;
  }

  private static WorkerChannel plain() {
    WorkerChannel channel =
        new WorkerChannel(
            new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    keepSystemStreamsAway();
    return channel;
  }

  private static void keepSystemStreamsAway() {
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
  }

  private static String descriptor(int number) {
    Path ofThisProcess = Path.of("/proc/self/fd");
    Path directory = Files.isDirectory(ofThisProcess) ? ofThisProcess : Path.of("/dev/fd");
    return directory.resolve(Integer.toString(number)).toString();
  }
}
