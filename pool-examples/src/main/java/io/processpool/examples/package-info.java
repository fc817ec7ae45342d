/**
 * Programs that show the pool at work: {@link io.processpool.examples.Census} on a real job, {@link
 * io.processpool.examples.AsyncResultTutorial} call by call, and {@link
 * io.processpool.examples.SurvivingFailures} with tasks that take their process with them.
 */
package io.processpool.examples;
