/** Where user code in a worker logs to. */
@NullMarked
package io.processpool.worker.log;

import org.jspecify.annotations.NullMarked;
