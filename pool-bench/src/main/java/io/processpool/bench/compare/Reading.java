package io.processpool.bench.compare;

/**
 * A figure of a player.
 *
 * @param player the name of one who plays in the bout
 * @param figure the name of a figure that it answers with
 */
record Reading(String player, String figure) {}
