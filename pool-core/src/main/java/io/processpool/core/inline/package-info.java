/** Threads of this JVM as a backend: the same serialisation, without processes. */
@NullMarked
package io.processpool.core.inline;

import org.jspecify.annotations.NullMarked;
