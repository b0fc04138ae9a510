@org.jspecify.annotations.NullMarked
package org.lethe.server.approval;
