/** What workers log, and how it becomes events of this JVM's logging. */
@NullMarked
package io.processpool.core.log;

import org.jspecify.annotations.NullMarked;
