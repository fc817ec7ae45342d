package io.processpool.bench.compare;

/**
 * A part in a bout.
 *
 * @param player who plays it
 * @param load what it has to do
 * @param warmUps how many rounds it plays before the first one that counts
 */
record Play(String player, String load, int warmUps) {}
