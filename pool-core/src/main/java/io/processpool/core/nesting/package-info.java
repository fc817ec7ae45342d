/** How deep pools are nested in workers of pools. */
@NullMarked
package io.processpool.core.nesting;

import org.jspecify.annotations.NullMarked;
