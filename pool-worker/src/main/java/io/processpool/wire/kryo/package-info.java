/**
 * How an object graph becomes bytes: Kryo, with serialisers that never touch a JDK class's fields.
 *
 * <p>{@link io.processpool.wire.kryo.ValueCodec} is the door. Parameters and results are never
 * {@code null} unless marked {@code @Nullable}.
 */
@NullMarked
package io.processpool.wire.kryo;

import org.jspecify.annotations.NullMarked;
