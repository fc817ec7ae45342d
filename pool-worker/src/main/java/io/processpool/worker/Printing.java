package io.processpool.worker;

import io.processpool.StandardStream;
import io.processpool.WorkerOutput;
import io.processpool.spi.TaskId;
import io.processpool.wire.PrintedPiece;
import io.processpool.wire.Welcome;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what is printed in a worker.
 *
 * <p>What is to be kept with its task goes by the channel, so that it is there when the task's
 * result is. What is only to be shown goes by the standard error: it may have to wait, for whoever
 * looks at it, and no result may wait with it.
 */
final class Printing {
  private static final Printing AS_IT_IS = new Printing(null, null);

  private final @Nullable PrintedStream out;
  private final @Nullable PrintedStream err;

  private Printing(@Nullable PrintedStream out, @Nullable PrintedStream err) {
    this.out = out;
    this.err = err;
  }

  /** Directs the standard streams of a process, before any user code has seen them. */
  static Printing start(
      Welcome welcome, Supplier<Optional<TaskId>> running, FrameSender sender, HostProcess host) {
    if (welcome.output() == WorkerOutput.DISCARD) {
      return AS_IT_IS;
    }
    Consumer<PrintedPiece> sink =
        welcome.output() == WorkerOutput.CAPTURE
            ? piece -> sender.send(piece.toFrame())
            : tagged(welcome.recorderIdentity());
    PrintedStream out = new PrintedStream(StandardStream.OUT, running, sink);
    PrintedStream err = new PrintedStream(StandardStream.ERR, running, sink);
    host.printTo(
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8));
    return new Printing(out, err);
  }

  private static Consumer<PrintedPiece> tagged(long tag) {
    FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    return piece -> {
      try {
        err.write(piece.encode(tag));
      } catch (IOException e) {
        // Nobody reads it, as with any error stream.
      }
    };
  }

  /** An item is over. */
  void endItem() {
    if (out != null && err != null) {
      out.endLines();
      err.endLines();
    }
  }
}
