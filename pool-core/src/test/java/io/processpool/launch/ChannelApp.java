package io.processpool.launch;

import io.processpool.Pool;
import io.processpool.ResultIterator;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** An application whose tasks print in every way that could get into the channel. */
public final class ChannelApp {

  private ChannelApp() {}

  public static void main(String[] args) throws InterruptedException {
    try (Pool pool = Pool.create(2)) {
      int sum = 0;
      try (ResultIterator<Integer> results =
          pool.imap(ChannelApp::noisy, IntStream.range(0, 200).boxed().toList())) {
        while (results.hasNext()) {
          sum += results.next();
        }
      }
      System.out.println("sum " + sum);
      if (!args[0].equals("PLAIN")) {
        System.out.println("eaten " + pool.apply(ChannelApp::eaten));
      }
    }
  }

  private static int noisy(int number) {
    System.out.println("println " + number);
    printToDescriptor("descriptor " + number + "\n");
    return number;
  }

  @SuppressWarnings("resource") // closing it would close standard output for all
  private static void printToDescriptor(String line) {
    try {
      new FileOutputStream(FileDescriptor.out).write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.out.println(e); // where the descriptor itself is taken away
    }
  }

  private static int eaten() throws IOException, InterruptedException {
    Process cat = new ProcessBuilder("cat").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
    int bytes = cat.getInputStream().readAllBytes().length;
    cat.waitFor();
    return bytes + Math.max(0, System.in.read());
  }
}
