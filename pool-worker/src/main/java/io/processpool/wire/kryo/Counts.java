package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;

/** Reads counts, and does not believe those that the rest of the input cannot live up to. */
final class Counts {
  private Counts() {}

  /** A count of things that take one byte each at least. */
  static int read(Input in) {
    return read(in, 1);
  }

  /** A count of elements that the reader is about to make room for. */
  static int readElements(Kryo kryo, Input in) {
    int count = read(in);
    GraphKryo.admissionOf(kryo).elements(count, kryo, in);
    return count;
  }

  static int read(Input in, int bytesEach) {
    int count = in.readVarInt(true);
    boolean known = in.getInputStream() == null;
    if (count < 0 || (known && (long) count * bytesEach > in.limit() - in.position())) {
      throw new KryoException("it announces " + count + " elements, more than there are");
    }
    return count;
  }
}
