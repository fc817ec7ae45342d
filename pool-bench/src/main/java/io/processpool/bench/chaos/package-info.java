/**
 * Puts pools under fire: {@link io.processpool.bench.chaos.ChaosCommand} gives items to a pool,
 * every one of which is known to a ledger, while a tormentor kills and stops the workers; the
 * ledger tells what had no right to happen.
 */
package io.processpool.bench.chaos;
