package io.processpool.worker;

import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.FrameType;
import io.processpool.wire.Hello;
import io.processpool.wire.Welcome;
import io.processpool.wire.WireException;
import io.processpool.worker.log.WorkerLogging;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * The main class of {@code pool-worker.jar}, which a pool starts as {@code java <flags> -jar
 * pool-worker.jar <channel mode> <process id of the parent>}.
 */
public final class WorkerMain {
  private WorkerMain() {}

  /**
   * Runs a worker until its parent has no more use for it.
   *
   * @param args how the channel is reached, and the process id of the parent
   */
  public static void main(String[] args) {
    ChannelMode mode = args.length == 2 ? modeNamed(args[0]) : null;
    if (mode == null) {
      System.err.println(
          "This is the worker of a process pool for Java: a pool starts it, by itself it does"
              + " nothing.");
      System.exit(ExitStatus.NOT_FOR_HAND);
      return;
    }
    try {
      WorkerChannel channel = WorkerChannel.open(mode);
      ParentWatch.start(Long.parseLong(args[1]));
      serve(channel, new OwnProcess());
    } catch (Throwable e) {
      ParentWatch.halt(ExitStatus.BROKEN, e);
    }
  }

  /** Says to the parent what it cannot be understood by, before the end. */
  static void serve(WorkerChannel channel, HostProcess host) throws IOException {
    FrameSender sender = new FrameSender(channel.out(), host);
    try {
      converse(new FrameReader(channel.in()), sender, host);
      host.halt(ExitStatus.PARENT_GONE, null);
    } catch (WireException e) {
      sender.send(FrameType.REFUSED, String.valueOf(e.getMessage()));
      host.halt(ExitStatus.BROKEN, null);
    } catch (EOFException e) {
      host.halt(ExitStatus.PARENT_GONE, null);
    }
  }

  private static void converse(FrameReader reader, FrameSender sender, HostProcess host)
      throws IOException {
    sender.send(Frame.of(FrameType.HELLO, Hello.ofThisProcess().encode()));
    Frame first = reader.read();
    if (first == null) {
      return;
    }
    if (first.type() == FrameType.FINISH) {
      host.halt(0, null); // it is not needed any more
      return;
    }
    if (first.type() != FrameType.WELCOME) {
      throw new WireException("a parent does not begin with " + first.type());
    }
    Welcome welcome = Welcome.decode(first.payload());
    WorkerLogging.choose(welcome.logs(), sender::send);
    new Worker(welcome, userClassLoader(welcome), reader, sender, host).serve();
  }

  private static ClassLoader userClassLoader(Welcome welcome) throws IOException {
    URL[] classPath = new URL[welcome.classPath().size()];
    for (int i = 0; i < classPath.length; i++) {
      URI entry = welcome.classPath().get(i);
      classPath[i] = entry.toURL();
    }
    return new UserClassLoader(classPath, WorkerMain.class.getClassLoader());
  }

  private static @Nullable ChannelMode modeNamed(String name) {
    for (ChannelMode mode : ChannelMode.values()) {
      if (mode.name().equals(name)) {
        return mode;
      }
    }
    return null;
  }
}
