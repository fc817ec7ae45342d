package io.processpool.connection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that runs {@code peer.py}, which has the scenarios. */
final class PythonPeer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private final Process process;
  private final BufferedReader output;

  private PythonPeer(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static PythonPeer start(String python, String... arguments) throws IOException {
    Path directory = Files.createTempDirectory("peer");
    Path script = directory.resolve("peer.py");
    try (InputStream in = PythonPeer.class.getResourceAsStream("peer.py")) {
      Files.write(script, in.readAllBytes());
    }
    List<String> command = new ArrayList<>(List.of(python, "-B", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("TMPDIR", directory.toString()); // what it leaves there if killed
    Process process = builder.start();
    process.getOutputStream().close();
    return new PythonPeer(directory, process);
  }

  /** A key as the script takes it. */
  static String key(byte[] key) {
    return HexFormat.of().formatHex(key);
  }

  /** An address as the script takes it. */
  static String address(SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return inet.getAddress().getHostAddress() + ":" + inet.getPort();
    }
    return ((UnixDomainSocketAddress) address).getPath().toString();
  }

  Process process() {
    return process;
  }

  /** The next line that it prints; null if it prints no more. */
  String line() throws IOException {
    return output.readLine();
  }

  /** The address that a listener prints first. */
  SocketAddress listeningAt() throws IOException {
    return parse(line());
  }

  /** The address that a text tells. */
  static SocketAddress parse(String address) {
    if (address.contains("/")) {
      return UnixDomainSocketAddress.of(address);
    }
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  /** Waits for its end. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The Python peer does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
    output.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
