package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.concurrent.atomic.AtomicReference;

/** Kryo's own would lose a cycle through the reference. */
final class AtomicReferenceSerializer extends Serializer<AtomicReference<?>> {

  @Override
  public void write(Kryo kryo, Output out, AtomicReference<?> reference) {
    kryo.writeClassAndObject(out, reference.get());
  }

  @Override
  public AtomicReference<?> read(Kryo kryo, Input in, Class<? extends AtomicReference<?>> type) {
    AtomicReference<Object> reference = new AtomicReference<>();
    kryo.reference(reference);
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    Object part = graph.readPart(kryo, in);
    if (part instanceof ObjectGraph.Later later) {
      graph.assignLater(() -> reference.set(later.value()));
    } else {
      reference.set(part);
    }
    return reference;
  }
}
