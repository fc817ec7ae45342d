package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Array;

/** Writes arrays of references, of any dimension. */
final class ObjectArraySerializer extends Serializer<Object[]> {

  @Override
  public void write(Kryo kryo, Output out, Object[] array) {
    out.writeVarInt(array.length, true);
    for (Object element : array) {
      kryo.writeClassAndObject(out, element);
    }
  }

  @Override
  public Object[] read(Kryo kryo, Input in, Class<? extends Object[]> type) {
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    int length = Counts.readElements(kryo, in);
    Object[] array = (Object[]) Array.newInstance(type.getComponentType(), length);
    kryo.reference(array);
    for (int i = 0; i < length; i++) {
      Object part = graph.readPart(kryo, in);
      if (part instanceof ObjectGraph.Later later) {
        int index = i;
        graph.assignLater(() -> array[index] = later.value());
      } else {
        array[i] = part;
      }
    }
    return array;
  }
}
