/** Child processes as a backend: finding, starting, talking to and ending them. */
@NullMarked
package io.processpool.core.launch;

import org.jspecify.annotations.NullMarked;
