/** Shows people what a pool has done: as text, as a trace and as a page, with advice. */
@NullMarked
package io.processpool.core.report;

import org.jspecify.annotations.NullMarked;
