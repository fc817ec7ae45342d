package io.processpool.core.schedule;

import io.processpool.spi.PoolSettings;
import java.time.Duration;

/**
 * The numbers of a scheduler.
 *
 * @param sizing how many workers to keep, and for how long
 * @param processors how many workers can run at the same time; more of them take turns
 * @param maxStartFailures how many failed starts in a row are too many
 * @param cancelGrace how long an interrupted task may go on before its worker is killed
 * @param stopTimeout how long workers may take to end once every job is complete
 */
public record SchedulerSettings(
    PoolSettings.Sizing sizing,
    int processors,
    int maxStartFailures,
    Duration cancelGrace,
    Duration stopTimeout) {}
