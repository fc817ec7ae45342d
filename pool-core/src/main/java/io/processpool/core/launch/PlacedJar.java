package io.processpool.core.launch;

import java.nio.file.Path;

/**
 * The jar that workers run, where they find it.
 *
 * @param file the jar
 * @param isCached whether it stays there for other JVMs of this user
 */
record PlacedJar(Path file, boolean isCached) {}
