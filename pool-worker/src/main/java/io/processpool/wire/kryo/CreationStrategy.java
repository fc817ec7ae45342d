package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.InstantiatorStrategy;

/** Lets Kryo's own serialisers, which a user may register, create objects as ours do. */
final class CreationStrategy implements InstantiatorStrategy {

  @Override
  public <T> ObjectInstantiator<T> newInstantiatorOf(Class<T> type) {
    Creation creation = Creation.of(type);
    return () -> type.cast(creation.newInstance());
  }
}
