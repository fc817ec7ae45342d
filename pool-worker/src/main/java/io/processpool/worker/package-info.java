/** The worker: runs chunks of items, in a process of its own or in the parent's. */
@NullMarked
package io.processpool.worker;

import org.jspecify.annotations.NullMarked;
