@NullMarked
package org.lethe.server.browser;

import org.jspecify.annotations.NullMarked;
