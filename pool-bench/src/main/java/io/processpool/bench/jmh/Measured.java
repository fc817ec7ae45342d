package io.processpool.bench.jmh;

/** A record such as tasks take and return. */
record Measured(int number, String place, double value) {

  /** The one of this number. */
  static Measured of(int number) {
    return new Measured(number, "place " + number % 10, number / 10.0);
  }
}
