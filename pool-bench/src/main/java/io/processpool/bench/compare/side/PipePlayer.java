package io.processpool.bench.compare.side;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Two JVMs and a pair of pipes, and nothing else: the limit for all that runs through them. What
 * comes is read to its end, and then sent back.
 */
final class PipePlayer {
  private static final int SLICE = 8192;
  private static final double MEGA = 1e6;

  private final InputStream in;
  private final OutputStream out;

  private PipePlayer(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Plays until the input ends; with an argument, it is the other end of the pipes. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      new PipePlayer(
              new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out))
          .echo();
      return;
    }
    Process other =
        new ProcessBuilder(
                Jvm.command(
                    List.of("-XX:+UseSerialGC"), PipePlayer.class.getName(), List.of("echo")))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    PipePlayer player = new PipePlayer(other.getInputStream(), other.getOutputStream());
    Serving.serve(Map.of("ping", player::ping, "echo", player::throughput));
    other.getOutputStream().close();
    other.waitFor();
  }

  private String ping(List<String> arguments) throws Exception {
    byte[] message = new byte[Integer.parseInt(arguments.get(1))];
    return Clock.roundTrips(Integer.parseInt(arguments.get(0)), () -> roundTrip(message));
  }

  private String throughput(List<String> arguments) throws Exception {
    byte[] message = new byte[Integer.parseInt(arguments.get(0))];
    return "rate=" + message.length / MEGA / Clock.seconds(() -> roundTrip(message));
  }

  private void roundTrip(byte[] message) throws IOException {
    if (message.length > SLICE) {
      out.write(ByteBuffer.allocate(Integer.BYTES).putInt(message.length).array());
      write(message, message.length);
    } else {
      byte[] whole = new byte[Integer.BYTES + message.length];
      ByteBuffer.wrap(whole).putInt(message.length).put(message);
      out.write(whole);
    }
    out.flush();
    read(message, message.length);
  }

  private void echo() throws IOException {
    byte[] length = new byte[Integer.BYTES];
    byte[] message = new byte[0];
    while (in.read(length, 0, 1) > 0) {
      in.readNBytes(length, 1, Integer.BYTES - 1);
      int size = ByteBuffer.wrap(length).getInt();
      if (message.length < size) {
        message = new byte[size];
      }
      read(message, size);
      write(message, size);
    }
  }

  private void read(byte[] message, int size) throws IOException {
    for (int at = 0; at < size; ) {
      int count = in.read(message, at, Math.min(SLICE, size - at));
      if (count < 0) {
        throw new EOFException();
      }
      at += count;
    }
  }

  private void write(byte[] message, int size) throws IOException {
    for (int at = 0; at < size; at += SLICE) {
      out.write(message, at, Math.min(SLICE, size - at));
    }
    out.flush();
  }
}
