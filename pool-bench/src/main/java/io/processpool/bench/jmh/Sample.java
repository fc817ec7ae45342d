package io.processpool.bench.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values such as tasks take and return: small ones, lists of them, and arrays of 1 MiB. */
public enum Sample {
  /** A number. */
  INTEGER,
  /** A short text. */
  STRING,
  /** A record of three components. */
  RECORD,
  /** A list of 1,000 numbers. */
  INTEGERS,
  /** A list of 1,000 records. */
  RECORDS,
  /** An array of 1 MiB. */
  BYTES,
  /** An array of 1 MiB, in 131,072 numbers. */
  DOUBLES;

  private static final int ELEMENTS = 1_000;
  private static final int MIB = 1 << 20;
  private static final int SEED = 1;

  /** Makes the value. */
  Object make() {
    return switch (this) {
      case INTEGER -> 123_456;
      case STRING -> "the quick brown fox jumps over the lazy dog";
      case RECORD -> Measured.of(123_456);
      case INTEGERS -> list(number -> number);
      case RECORDS -> list(Measured::of);
      case BYTES -> bytes();
      case DOUBLES -> new Random(SEED).doubles(MIB / Double.BYTES).toArray();
    };
  }

  private static <T> List<T> list(IntFunction<T> element) {
    return IntStream.range(0, ELEMENTS)
        .mapToObj(element)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[MIB];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }
}
