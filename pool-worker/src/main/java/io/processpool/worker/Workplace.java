package io.processpool.worker;

import io.processpool.wire.Recorder;

/**
 * What a {@link ChunkRunner} has around it.
 *
 * @param workerId the number of the worker that it is
 * @param loader the context class loader of tasks
 * @param supply where chunks come from that are not brought
 * @param recorder where to note what runs
 * @param outcomes where the outcomes go
 * @param diagnostics keeps the diagnostic context of the thread that runs items
 * @param betweenItems what else to do when an item has ended, before its outcome goes
 * @param betweenChunks what else to do after each chunk
 */
public record Workplace(
    int workerId,
    ClassLoader loader,
    Supply supply,
    Recorder recorder,
    OutcomeSink outcomes,
    ItemDiagnostics diagnostics,
    Runnable betweenItems,
    Runnable betweenChunks) {}
