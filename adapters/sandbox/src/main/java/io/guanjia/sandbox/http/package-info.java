/** What the HTTP sides of all stand-ins share: JSON, problem details, the page's files. */
@NullMarked
package io.guanjia.sandbox.http;

import org.jspecify.annotations.NullMarked;
