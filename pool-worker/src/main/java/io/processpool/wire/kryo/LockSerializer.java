package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** Instances of {@code Object} itself, which serve as locks and marks. */
final class LockSerializer extends Serializer<Object> {

  @Override
  public void write(Kryo kryo, Output out, Object lock) {}

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    return new Object();
  }
}
