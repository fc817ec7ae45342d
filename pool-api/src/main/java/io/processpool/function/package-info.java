/** Functions that can be sent to a worker: they are {@link java.io.Serializable} and may throw. */
@NullMarked
package io.processpool.function;

import org.jspecify.annotations.NullMarked;
