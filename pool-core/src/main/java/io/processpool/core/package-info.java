/** The implementation of pools: what ties scheduler, handles and backend together. */
@NullMarked
package io.processpool.core;

import org.jspecify.annotations.NullMarked;
