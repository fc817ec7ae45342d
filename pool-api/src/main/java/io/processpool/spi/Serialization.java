package io.processpool.spi;

import io.processpool.function.SerializableConsumer;

/**
 * What a user adds to the serialiser of a pool.
 *
 * @param serializer the class of the serialiser that the customizer is written for
 * @param customizer called with each serialiser made, in the parent and in the workers
 */
public record Serialization(Class<?> serializer, SerializableConsumer<?> customizer) {}
