package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import io.processpool.wire.Hello;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.Welcome;
import io.processpool.wire.WireException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the parent makes of a worker's first words, and answers. It is made before these come, so
 * that the worker need not wait for what the parent has to load for it.
 */
final class Handshake {
  private static final long LONGEST_WAY = TimeUnit.SECONDS.toNanos(10);
  private static final long DECODING_PATIENCE_SECONDS = 10;

  private final Hello own = Hello.ofThisProcess();
  private final Frame welcome;

  Handshake(Welcome welcome) {
    this.welcome = Frame.of(FrameType.WELCOME, welcome.encode());
  }

  /** The answer. */
  Frame welcome() {
    return welcome;
  }

  /** Reads the greeting of a worker that fits this library. */
  Hello read(Frame greeting) throws WireException {
    Hello hello = Hello.decode(greeting.payload());
    if (!hello.fits(own)) {
      throw new WireException(
          "the worker's jar does not fit this library: it speaks protocol "
              + hello.protocol()
              + " with Kryo "
              + hello.serializer()
              + ", expected were "
              + own.protocol()
              + " and "
              + own.serializer());
    }
    return hello;
  }

  /**
   * How far the clock of this process is ahead of the worker's, in nanoseconds. Most systems have
   * one clock for all processes; there the difference is none, for what seems to be one is how long
   * the greeting was on its way.
   */
  static long clockOffset(Hello hello) {
    long difference = System.nanoTime() - hello.nanoTime();
    return difference >= 0 && difference < LONGEST_WAY ? 0 : difference;
  }

  /** Reading an exception may run user code, which must not stop the thread that reads frames. */
  static Throwable decodeFailure(byte[] payload) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Runnable decode =
        () ->
            failure.complete(
                PayloadCodec.filtered(loader, null, null)
                    .decodeFailure(payload, 0, payload.length));
    DaemonThreads.named("pool-failure-reader", decode).start();
    try {
      return failure.get(DECODING_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return new IllegalStateException("The worker's failure cannot be read", e);
    }
  }
}
