package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** Serialises objects that can only be made when all their parts are there. */
abstract class LateSerializer<T> extends Serializer<T> {

  @Override
  public final void write(Kryo kryo, Output out, T object) {
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    graph.beginLate(object);
    writeParts(kryo, out, object);
    graph.endLate(object);
  }

  abstract void writeParts(Kryo kryo, Output out, T object);
}
