/** What workers print: made into lines, kept with their tasks, or shown. */
@NullMarked
package io.processpool.core.output;

import org.jspecify.annotations.NullMarked;
