/**
 * A pool of child JVMs: the whole surface that a user of the library needs.
 *
 * <p>{@link io.processpool.Pool} is the door, {@link io.processpool.PoolBuilder} its settings, and
 * {@link io.processpool.AsyncResult} what an asynchronous call returns. Parameters and results are
 * never {@code null} unless they are marked {@code @Nullable}; the users' own values, the type
 * variables, may be {@code null} where a method says so.
 */
@NullMarked
package io.processpool;

import org.jspecify.annotations.NullMarked;
