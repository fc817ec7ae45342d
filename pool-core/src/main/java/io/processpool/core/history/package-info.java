/** What is kept of the runs of tasks, and told of them. */
@NullMarked
package io.processpool.core.history;

import org.jspecify.annotations.NullMarked;
