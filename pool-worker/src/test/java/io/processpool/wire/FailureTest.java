package io.processpool.wire;

import static io.processpool.wire.Codecs.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.RemoteTaskException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An exception arrives as itself, or as a description of itself, but always arrives. */
class FailureTest {

  /** Cannot be serialised. */
  @SuppressWarnings("serial") // as users do
  static class Stubborn extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final Thread thread = new Thread();

    Stubborn(@Nullable String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    Stubborn(String message) {
      super(message);
    }

    Thread thread() {
      return thread;
    }
  }

  static class Odd extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new AssertionError("no stack trace");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new StackOverflowError("no cause");
    }

    @Serial
    private Object writeReplace() {
      throw new IllegalStateException("no serial form");
    }
  }

  static class Endless extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    Endless() {
      super(null, null, false, false);
    }

    @Override
    public synchronized Throwable getCause() {
      return new Endless();
    }
  }

  @SuppressWarnings("serial") // as users do
  static class WithData extends Exception {
    @Serial private static final long serialVersionUID = 1L;
    final int code;
    final NotSerialisable data = new NotSerialisable();

    WithData(String message, int code) {
      super(message);
      this.code = code;
    }
  }

  static class NotSerialisable {
    String text = "data";
  }

  private static Throwable roundTrip(Throwable failure) {
    return Codecs.roundTripFailure(CODEC, CODEC, failure);
  }

  @Test
  void itArrivesAsItself() {
    WithData failure = new WithData("boom", 42);
    failure.initCause(new SQLException("reason", "state", 7));
    failure.addSuppressed(new ExecutionException("aside", null));

    Throwable arrived = roundTrip(failure);

    assertThat(arrived).isExactlyInstanceOf(WithData.class).hasMessage("boom");
    assertThat(((WithData) arrived).code).isEqualTo(42);
    assertThat(((WithData) arrived).data.text).isEqualTo("data");
    assertThat(arrived.getCause()).isExactlyInstanceOf(SQLException.class);
    assertThat(arrived.getSuppressed()[0]).isExactlyInstanceOf(ExecutionException.class);
    assertThat(arrived.getStackTrace()).isEqualTo(failure.getStackTrace());
  }

  @Test
  void errorsArriveAsThemselves() {
    assertThat(roundTrip(new OutOfMemoryError("heap"))).isInstanceOf(OutOfMemoryError.class);
    assertThat(roundTrip(new StackOverflowError())).isInstanceOf(StackOverflowError.class);
    assertThat(roundTrip(new AssertionError("a"))).isInstanceOf(AssertionError.class);
  }

  @Test
  void itIsDescribedIfItCannotBeSerialised() {
    IOException cause = new IOException("disk");
    Stubborn failure = new Stubborn("boom", cause);
    failure.addSuppressed(new Stubborn(null, null));

    Throwable arrived = roundTrip(failure);

    assertThat(arrived)
        .isInstanceOf(RemoteTaskException.class)
        .hasMessage(Stubborn.class.getName() + ": boom");
    assertThat(((RemoteTaskException) arrived).remoteMessage()).isEqualTo("boom");
    assertThat(arrived.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(arrived.getCause())
        .isInstanceOf(RemoteTaskException.class)
        .hasMessage("java.io.IOException: disk");
    assertThat(arrived.getCause().getStackTrace()).isEqualTo(cause.getStackTrace());
    assertThat(arrived.getSuppressed()).hasSize(1);
    assertThat(((RemoteTaskException) arrived.getSuppressed()[0]).remoteMessage()).isNull();
    assertThat(failure.thread()).isNotNull();
  }

  @Test
  void cyclesOfCausesAndSuppressedOnesAreSurvived() {
    Stubborn first = new Stubborn("first");
    Stubborn second = new Stubborn("second", first);
    first.initCause(second);
    first.addSuppressed(second);
    second.addSuppressed(first);
    Exception plain = new Exception("plain");
    plain.addSuppressed(new Exception("back", plain));

    Throwable arrived = roundTrip(first);
    Throwable arrivedPlain = roundTrip(plain);

    assertThat(arrived.getMessage()).endsWith("first");
    assertThat(arrived.getCause().getMessage()).endsWith("second");
    assertThat(arrived.getCause().getCause()).isNull();
    assertThat(arrived.getSuppressed()).containsExactly(arrived.getCause());
    arrived.printStackTrace(new PrintWriter(new StringWriter()));
    assertThat(arrivedPlain.getSuppressed()[0].getCause()).isSameAs(arrivedPlain);
  }

  @Test
  void whateverItsMethodsDoItArrives() {
    Throwable odd = roundTrip(new Odd());
    Throwable endless = roundTrip(new Endless());

    assertThat(((RemoteTaskException) odd).remoteClassName()).isEqualTo(Odd.class.getName());
    assertThat(odd.getStackTrace()).isEmpty();
    assertThat(endless).isExactlyInstanceOf(Endless.class);
  }

  @Test
  void itArrivesByNameIfThereIsNoRoomForMore() {
    Output small = new Output(16, 300);

    CODEC.encodeFailure(new IllegalStateException("x".repeat(1000)), small);
    Throwable arrived = CODEC.decodeFailure(small.getBuffer(), 0, small.position());

    assertThat(((RemoteTaskException) arrived).remoteClassName())
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void malformedBytesGiveAnExceptionToo() {
    Output out = new Output(64, -1);
    CODEC.encodeFailure(new IllegalStateException("boom"), out);
    byte[] good = out.toBytes();
    for (int i = 0; i < good.length; i += 37) {
      byte[] cut = Arrays.copyOf(good, i);
      byte[] garbled = good.clone();
      garbled[i] ^= 0x55;

      assertThat(CODEC.decodeFailure(cut, 0, cut.length)).isNotNull();
      assertThat(CODEC.decodeFailure(garbled, 0, garbled.length)).isNotNull();
    }
  }

  @Test
  void framesInCommonTravelOnce() {
    Throwable failure = new IOException("0");
    int one = CODEC.encode(failure, "value").length;
    for (int i = 0; i < 50; i++) {
      failure = new IOException("cause", failure);
    }
    Output out = new Output(64, -1);
    CODEC.encodeFailure(failure, out);

    assertThat(CODEC.encode(failure, "value").length).isLessThan(10 * one);
    assertThat(out.position()).isLessThan(20 * one);
    assertThat(roundTrip(failure).getCause().getStackTrace())
        .isEqualTo(failure.getCause().getStackTrace());
  }

  @Test
  void aFailureThatWasADescriptionTravelsOn() {
    RemoteTaskException description = new RemoteTaskException("a.B", "why", null);

    Throwable arrived = roundTrip(description);

    assertThat(arrived).isExactlyInstanceOf(RemoteTaskException.class);
    assertThat(((RemoteTaskException) arrived).remoteClassName()).isEqualTo("a.B");
  }
}
