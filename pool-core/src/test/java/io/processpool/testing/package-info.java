/** What the tests of several packages need. */
package io.processpool.testing;
