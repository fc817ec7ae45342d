/** What commands are, and what they share: the command line, files of their own. */
package io.processpool.bench.command;
