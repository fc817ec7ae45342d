package io.processpool.wire;

import static io.processpool.wire.Codecs.CODEC;
import static io.processpool.wire.Codecs.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain values, arrays above all. */
class LargeValueTest {
  private static final int MANY = 100_003;

  static Stream<Object> arrays() {
    Random random = new Random(1);
    boolean[] booleans = new boolean[MANY];
    char[] chars = new char[MANY];
    short[] shorts = new short[MANY];
    float[] floats = new float[MANY];
    byte[] bytes = new byte[MANY];
    random.nextBytes(bytes);
    for (int i = 0; i < MANY; i++) {
      booleans[i] = random.nextBoolean();
      chars[i] = (char) random.nextInt();
      shorts[i] = (short) random.nextInt();
      floats[i] = random.nextFloat();
    }
    return Stream.of(
        booleans,
        bytes,
        shorts,
        chars,
        random.ints(MANY).toArray(),
        random.longs(MANY).toArray(),
        floats,
        random.doubles(MANY).toArray(),
        new boolean[0],
        new byte[0],
        new short[0],
        new char[0],
        new int[0],
        new long[0],
        new float[0],
        new double[] {Double.NaN, -0.0});
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void primitiveArraysArriveEqual(Object array) {
    assertThat(PayloadCodec.isPlain(array)).isTrue();
    assertThat(roundTrip(array)).isEqualTo(array);

    Object[] arrived = roundTrip(new Object[] {array, array});
    assertThat(arrived[0]).isEqualTo(array).isSameAs(arrived[1]);
  }

  @Test
  void arraysOfArraysArriveEqual() {
    int[][][] cube = {{{1, 2}, {}}, {}, {{3}}};
    Object[][] mixed = {{"a", 1, null}, {new double[] {1.5}}, null};
    String[] strings = {"a", null, "ü"};
    Integer[][] boxed = {{1, null}, {}};

    assertThat(roundTrip(cube)).isDeepEqualTo(cube);
    assertThat(roundTrip(mixed)).isDeepEqualTo(mixed);
    assertThat(roundTrip(strings)).isEqualTo(strings);
    assertThat(roundTrip(boxed)).isDeepEqualTo(boxed);
  }

  @Test
  void aHundredMebibytesTravelWithoutBufferToSpare() {
    double[] doubles = new double[100 << 17];
    doubles[doubles.length - 1] = 1.5;

    byte[] payload = CODEC.encode(doubles, "result");
    double[] arrived = (double[]) CODEC.decode(payload, 0, payload.length);

    assertThat(payload.length - 8L * doubles.length).isLessThan(8);
    assertThat(arrived).hasSameSizeAs(doubles);
    assertThat(arrived[arrived.length - 1]).isEqualTo(1.5);
  }

  @Test
  void anyBufferGrowsAsNeeded() {
    Output out = new Output(0, -1);
    byte[] bytes = new byte[1_000_000];
    bytes[999_999] = 7;

    CODEC.encode(bytes, out, "item 0");

    assertThat((byte[]) CODEC.decode(out.getBuffer(), 0, out.position())).isEqualTo(bytes);
  }

  static Stream<@Nullable Object> plain() {
    return Stream.of(null, true, (byte) 1, (short) 1, 'c', 1, 1L, 1f, 1d, "text", new int[1]);
  }

  @ParameterizedTest
  @MethodSource("plain")
  void plainValuesRunNoUserCode(@Nullable Object value) {
    PayloadCodec hostile =
        new PayloadCodec(
            LargeValueTest.class.getClassLoader(),
            kryo -> {
              throw new AssertionError("user code");
            });

    assertThat(PayloadCodec.isPlain(value)).isTrue();
    assertThat(roundTrip(hostile, value)).isEqualTo(value);
  }

  @Test
  void otherValuesMayRunUserCode() {
    assertThat(PayloadCodec.isPlain(new Object())).isFalse();
    assertThat(PayloadCodec.isPlain(new int[0][0])).isFalse();
    assertThat(PayloadCodec.isPlain(new Integer[0])).isFalse();
    assertThat(PayloadCodec.isPlain(java.util.List.of())).isFalse();
  }
}
