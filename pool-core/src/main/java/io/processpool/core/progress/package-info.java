/** Shows and tells how far tasks have come. */
@NullMarked
package io.processpool.core.progress;

import org.jspecify.annotations.NullMarked;
