package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** For a class that the user registered, but that has no instances which could travel. */
final class RefusingSerializer extends Serializer<Object> {
  private final String refusal;

  RefusingSerializer(String refusal) {
    this.refusal = refusal;
  }

  @Override
  public void write(Kryo kryo, Output out, Object object) {
    throw new NotTravellingException(refusal);
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    throw new NotTravellingException(refusal);
  }
}
