/**
 * What parent and worker say to each other: frames, and the payloads in them.
 *
 * <p>{@link io.processpool.wire.PayloadCodec} turns functions, arguments, results and failures into
 * bytes and back. Parameters and results are never {@code null} unless marked {@code @Nullable}.
 */
@NullMarked
package io.processpool.wire;

import org.jspecify.annotations.NullMarked;
