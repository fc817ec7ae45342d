package io.processpool;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Refuses what users may not set, naming the value and what is allowed. */
final class Checks {

  private Checks() {}

  static int atLeastOne(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more: " + value);
    }
    return value;
  }

  static String notBlank(String value, String name) {
    if (requireNonNull(value, name).isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank: '" + value + "'");
    }
    return value;
  }

  static int notNegative(int value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be 0 or more: " + value);
    }
    return value;
  }

  static long notNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be 0 or more: " + value);
    }
    return value;
  }

  static Duration notNegative(Duration value, String name) {
    if (requireNonNull(value, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  static Duration positive(Duration value, String name) {
    if (requireNonNull(value, name).isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be more than zero: " + value);
    }
    return value;
  }
}
