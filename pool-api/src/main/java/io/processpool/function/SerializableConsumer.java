package io.processpool.function;

import java.io.Serializable;

/**
 * An action on one object, run in the parent and in every worker.
 *
 * <p>A lambda or method reference in this type's place is serialisable by itself; what it captures
 * must be able to travel too. It runs in another process: what it changes there is not seen here.
 *
 * @param <T> the type of the object
 */
@FunctionalInterface
public interface SerializableConsumer<T> extends Serializable {

  /**
   * Acts on the object.
   *
   * @param target the object to act on
   */
  void accept(T target);
}
