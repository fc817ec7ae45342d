/** The handles: what becomes of submissions, and how their users get to know it. */
@NullMarked
package io.processpool.core.result;

import org.jspecify.annotations.NullMarked;
