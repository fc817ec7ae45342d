package io.processpool.spi;

/**
 * What the slots of one pool have in common.
 *
 * @param slots how many slots the pool will keep at the same time
 * @param session what a slot needs before its first chunk: an opaque block, to be handed to the
 *     code that runs chunks
 * @param processes how processes are started, for a backend that starts any
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record BackendSettings(int slots, byte[] session, ProcessSettings processes) {}
